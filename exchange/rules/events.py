"""What other systems may be told of: named acts whose subject is a record that people see or do not see."""

PROCEDURE, REQUEST, PROJECT, ROUND = "procedure", "request", "project", "round"

EVENTS: dict[str, str] = {
    "procedure.claimed": PROCEDURE,
    "procedure.verified": PROCEDURE,
    "procedure.attested": PROCEDURE,
    "procedure.retired": PROCEDURE,
    "project.gate_passed": PROJECT,
    "project.left": PROJECT,
    "request.submitted": REQUEST,
    "request.endorsed": REQUEST,
    "request.screened": REQUEST,
    "request.withdrawn": REQUEST,
    "round.opened": ROUND,
    "round.ended": ROUND,
    "decision.published": REQUEST,
}
PING = "ping"
