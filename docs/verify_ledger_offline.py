#!/usr/bin/env python3
"""Verify an exported ledger of govai_tracker with nothing but Python, on any machine.

    python3 verify_ledger_offline.py LEDGER.jsonl [--checkpoint FILE_OR_NUMBER:HASH ...] [--receipt FILE ...]

Every line of the export holds the number of an entry, the exact bytes that were sealed (base64), their SHA-256 and
the columns kept beside them. Each sealed entry names the hash of the one before it, so a changed, added or missing
entry breaks the chain. A chain alone cannot show that its end was cut off or that all of it was written anew: for
that, give the checkpoints that were kept outside the database, as a file or as one number and hash from wherever you
noted them. A receipt is the file that a voter kept: it is looked up and its ballot is followed to the close.

Every closed round is counted again from the entries alone. This counter shares no line with the one that decided:
where the two differ, either the ledger or the counting is wrong, and the entry is named.

Exit status: 0 all of it holds, 1 something does not, 2 the files cannot be read.
"""

from __future__ import annotations  # an auditor's Python may be older than ours

import argparse
import base64
import binascii
import hashlib
import json
from pathlib import Path
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GENESIS = "0" * 64
SEALED = {"position", "recorded_at", "action", "actor", "subject", "facts", "previous"}
COLUMNS = ("recorded_at", "action", "actor", "subject", "previous")
Content = dict  # what is sealed in one entry


def _no_single_spelling(text: str) -> Any:
    raise ValueError(f"{text} has no single spelling")


DECODE = json.JSONDecoder(parse_float=_no_single_spelling, parse_constant=_no_single_spelling).decode
ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
ENCODE_AS_IT_IS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(content: Any, *, is_ascii: bool) -> bytes:
    """The one spelling of RFC 8785: no spaces, names in the order of their UTF-16 units."""
    if is_ascii:
        return ENCODE(content).encode()
    return ENCODE_AS_IT_IS(_ordered(content)).encode("utf-8", "surrogatepass")


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value, key=_utf16)}
    return [_ordered(inner) for inner in value] if isinstance(value, list) else value


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


class Chain:
    """The walk from the first entry to the last. `kept` holds the hashes that somebody noted elsewhere."""

    def __init__(self, say: Callable[[int, str], None], wanted: set[int]) -> None:
        self.say, self.wanted = say, wanted
        self.number, self.head, self.instant = 0, GENESIS, ""
        self.kept = {0: GENESIS}

    def follow(self, row: dict[str, Any]) -> Content | None:
        """Judge one line of the export; what is sealed in it is returned if it can be read at all."""
        number, sealed = row["position"], row["hash"]
        if number != self.number + 1:
            self._out_of_order(number)
        payload = base64.b64decode(row["payload"], validate=True)
        if hashlib.sha256(payload).hexdigest() != sealed:
            self.say(number, "was altered: its bytes do not give its hash")
        content = self._opened(number, payload)
        if content is not None:
            self._continues(number, content)
            self._columns_agree(row, content)
        self.number, self.head = number, sealed
        if number in self.wanted:
            self.kept[number] = sealed
        return content

    def _out_of_order(self, number: int) -> None:
        expected = self.number + 1
        if number < expected:
            self.say(number, f"stands after entry {self.number}: it is there twice or out of its place")
        elif number == expected + 1:
            self.say(expected, "is missing")
        else:
            self.say(expected, f"is missing, and so is every one up to entry {number - 1}")

    def _opened(self, number: int, payload: bytes) -> Content | None:
        try:
            content = DECODE(payload.decode("utf-8"))
            spelled = canonical(content, is_ascii=payload.isascii())
        except (ValueError, RecursionError) as error:
            self.say(number, f"was altered: its bytes are not what is ever sealed ({error})")
            return None
        if spelled != payload or (b"null" in payload and _has_nothing(content)):
            self.say(number, "is not in the one canonical spelling")
        if not isinstance(content, dict) or set(content) != SEALED or not isinstance(content["facts"], dict):
            self.say(number, "was altered: it is not made up as entries are")
            return None
        return content

    def _continues(self, number: int, content: Content) -> None:
        if content["position"] != number:
            self.say(number, f"was sealed as entry {content['position']}")
        if content["previous"] != self.head:
            self.say(number, "does not continue the entry before it")
        if str(content["recorded_at"]) < self.instant:
            self.say(number, "is dated before the entry before it")
        self.instant = str(content["recorded_at"])

    def _columns_agree(self, row: dict[str, Any], content: Content) -> None:
        beside = row.get("columns")
        if beside is None:
            return
        for name in COLUMNS:
            if beside.get(name) != content[name]:
                self.say(row["position"], f"has a column “{name}” that differs from what was sealed")


def _has_nothing(value: Any) -> bool:
    """Whether a null is anywhere in it: facts are text, whole numbers and booleans."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(_has_nothing(one) for one in inner)


class Ballot:
    """One vote as it was recorded, and what became of it."""

    def __init__(self, number: int, content: Content) -> None:
        told = content["facts"]
        self.number, self.person = number, content["actor"]
        self.seat, self.choice, self.revision = told["seat"], told["choice"], told["revision"]


class Round:
    """The roll, the votes and the recusals of one round, as its entries tell them."""

    def __init__(self, content: Content) -> None:
        told = content["facts"]
        self.request, self.kind, self.amount = told["request"], told["kind"], told["amount"]
        self.motion, self.version, self.rule = told["motion"], told["version"], told.get("rule")
        self.seats = {row["seat"]: row for row in told["roll"]}
        self.recused = {row["seat"] for row in told["roll"] if row["recused"]}
        self.alternates_out = {row["seat"] for row in told["roll"] if row["alternate_recused"]}
        self.absent: set[int] = set()
        self.ballots: list[Ballot] = []
        self.ended_by = 0
        self.closing: Content | None = None

    def is_void(self, ballot: Ballot) -> bool:
        by_alternate = ballot.person == self.seats[ballot.seat]["alternate"]
        return ballot.seat in self.recused or (by_alternate and ballot.seat in self.alternates_out)

    def standing(self) -> dict[int, Ballot]:
        """The last ballot of each seat that no recusal has made void."""
        return {ballot.seat: ballot for ballot in self.ballots if not self.is_void(ballot)}

    def why_not(self, ballot: Ballot, motion: str) -> str:
        """What is wrong with a vote that is about to be added; empty when nothing is."""
        seat = self.seats.get(ballot.seat)
        if self.ended_by:
            return f"is a vote after the round had ended with entry {self.ended_by}"
        if seat is None or not ballot.person or ballot.person not in (seat["holder"], seat["alternate"]):
            return f"is a vote by somebody who does not hold seat {ballot.seat} of the round"
        if motion != self.motion:
            return "is a vote on another motion than that of its round"
        if ballot.choice not in ("for", "against", "abstain"):
            return "is a vote that is neither for nor against nor abstains"
        if ballot.revision != 1 + sum(one.seat == ballot.seat for one in self.ballots):
            return f"is not the next vote of seat {ballot.seat}"
        if self.is_void(ballot):
            return f"is a vote by somebody recused from seat {ballot.seat}"
        return self._why_not_this_person(ballot, seat)

    def _why_not_this_person(self, ballot: Ballot, seat: Content) -> str:
        others = [one for one in self.ballots if one.seat == ballot.seat and one.person != ballot.person]
        if any(not self.is_void(one) for one in others):
            return f"is a vote of seat {ballot.seat} after its other holder had voted"
        if ballot.person != seat["holder"] and ballot.seat not in self.absent:
            return f"is a vote of the alternate of seat {ballot.seat}, whose holder was not marked absent"
        return ""

    def result(self, recorded: Content) -> Content:
        """The numbers of this round, counted here. Without a rule in the entry, that of the close is taken as said."""
        said = [ballot.choice for ballot in self.standing().values()]
        yes, no, neither = (said.count(choice) for choice in ("for", "against", "abstain"))
        seats, recused = len(self.seats), len(self.recused)
        rule = self.rule or {}
        quorum = recorded["quorum"]
        if self.rule:
            of_seats = seats if rule["recused_count_for_quorum"] else seats - recused
            share = rule["quorum_share_percent"]
            quorum = max(rule["quorum_least"], next(n for n in range(seats + 2) if 100 * n > share * of_seats))
        base = rule.get("majority_base", recorded["base"])
        majority = rule.get("majority_percent", recorded["majority"])
        counted = yes + no if base == "cast" else yes + no + neither
        numbers = {"seats": seats, "recused": recused, "may_vote": seats - recused, "quorum": quorum}
        numbers |= {"voted": len(said), "for": yes, "against": no, "abstain": neither}
        numbers |= {"base": base, "base_count": counted, "majority": majority}
        may_be_settled = rule.get("tie", "casting_vote") == "casting_vote" and base == "cast"
        is_tied = yes == no != 0 and may_be_settled and 100 * (yes + 1) > majority * (counted + 1)
        if len(said) < quorum:
            numbers["finding"] = "no_quorum"
        elif 100 * yes > majority * counted or (is_tied and recorded["casting"] == "for"):
            numbers["finding"] = "carried"
        else:
            numbers["finding"] = "tied" if is_tied and not recorded["casting"] else "lost"
        if recorded["casting"] and not (is_tied and len(said) >= quorum):
            numbers["casting"] = ""
        return numbers


class Recount:
    """The second counter: follows the rounds entry by entry and counts each again when it is closed."""

    def __init__(self, say: Callable[[int, str], None]) -> None:
        self.say = say
        self.rounds: dict[str, Round] = {}
        self.by_head: dict[str, Content] = {}  # the last decision of a Head of Department, by request
        self.by_vote: dict[str, Round] = {}  # the last round that decided, by request
        self.counted = 0
        self.steps = {
            "round.opened": self._opened,
            "round.marked_absent": self._marked_absent,
            "vote.cast": self._voted,
            "recusal.declared": self._recused,
            "round.closed": self._closed,
            "round.ended": self._ended,
            "decision.made": self._decided_by_head,
            "decision.published": self._published,
        }

    def follow(self, number: int, content: Content) -> None:
        step = self.steps.get(content["action"])
        if step is None:
            return
        try:
            step(number, content)
        except (KeyError, TypeError, AttributeError, StopIteration) as error:
            self.say(number, f"does not tell what entries of “{content['action']}” tell ({error!r})")

    def _opened(self, number: int, content: Content) -> None:
        if content["subject"] in self.rounds:
            self.say(number, f"opens {content['subject']} a second time")
            return
        self.rounds[content["subject"]] = Round(content)

    def _round(self, number: int, content: Content) -> Round | None:
        found = self.rounds.get(content["subject"])
        if found is None:
            self.say(number, f"is about {content['subject']}, which was never opened")
        return found

    def _marked_absent(self, number: int, content: Content) -> None:
        round_ = self._round(number, content)
        if round_ is not None:
            round_.absent.add(content["facts"]["seat"])

    def _voted(self, number: int, content: Content) -> None:
        round_ = self._round(number, content)
        if round_ is None:
            return
        ballot = Ballot(number, content)
        wrong = round_.why_not(ballot, content["facts"]["motion"])
        if wrong:
            self.say(number, wrong)
            return
        if ballot.person == round_.seats[ballot.seat]["holder"]:
            round_.absent.discard(ballot.seat)
        round_.ballots.append(ballot)

    def _recused(self, number: int, content: Content) -> None:
        round_ = self._round(number, content)
        if round_ is None:
            return
        seat = round_.seats[content["facts"]["seat"]]
        part = "holder" if content["facts"]["whole_seat"] else "alternate"
        if round_.ended_by or content["actor"] != seat[part]:
            self.say(number, "is a recusal that its person could not declare")
            return
        (round_.recused if part == "holder" else round_.alternates_out).add(seat["seat"])

    def _closed(self, number: int, content: Content) -> None:
        round_ = self._round(number, content)
        if round_ is None:
            return
        if round_.ended_by:
            self.say(number, f"closes {content['subject']}, which had ended with entry {round_.ended_by}")
            return
        recorded = content["facts"]
        counted = round_.result(recorded)
        for name, value in counted.items():
            if recorded[name] != value:
                self.say(number, f"closes {content['subject']} with {name} {recorded[name]}; counted again: {value}")
        round_.ended_by, round_.closing = number, {**content, "finding": counted["finding"]}
        self.counted += 1
        if counted["finding"] in ("carried", "lost"):
            self.by_vote[round_.request] = round_

    def _ended(self, number: int, content: Content) -> None:
        round_ = self._round(number, content)
        if round_ is None:
            return
        if round_.ended_by:
            self.say(number, f"ends {content['subject']}, which had ended with entry {round_.ended_by}")
        round_.ended_by = round_.ended_by or number

    def _decided_by_head(self, number: int, content: Content) -> None:
        self.by_head[content["subject"]] = content["facts"]

    def _published(self, number: int, content: Content) -> None:
        """What is published is what was decided: by the head word for word, by a vote exactly its motion."""
        told, request = content["facts"], content["subject"]
        by_head = self.by_head.get(request)
        if by_head is not None and by_head["decision"] == told["decision"]:
            if by_head != told:
                self.say(number, f"publishes another decision on {request} than was made")
            return
        round_ = self.by_vote.pop(request, None)
        if round_ is None or round_.closing is None:
            self.say(number, f"publishes a decision on {request} that no entry decided")
            return
        carried = round_.closing["finding"] == "carried"
        words = ("recommended", "not_recommended") if round_.kind == "recommend" else ("approved", "rejected")
        outcome = words[0] if carried else words[1]
        amount = round_.amount if outcome == "approved" else "0"
        said = {"outcome": told["outcome"], "amount": plain(told["amount"]), "version": told["version"]}
        for name, value in {"outcome": outcome, "amount": plain(amount), "version": round_.version}.items():
            if said[name] != value:
                self.say(number, f"publishes {name} {said[name]} on {request}; by its votes: {value}")


def plain(amount: str) -> str:
    """An amount without needless zeros, so that 0 and 0.00 are one."""
    return amount.rstrip("0").rstrip(".") or "0" if "." in amount else amount


def judge_receipt(receipt: Content, chain: Chain, recount: Recount) -> tuple[bool, str]:
    """Whether the ballot of a receipt is in this export as the voter kept it, and what became of it."""
    number = receipt["entry"]
    if chain.kept.get(number) != receipt["hash"]:
        return False, f"the receipt of entry {number} does not agree: this ledger has another entry there or none"
    round_ = recount.rounds.get(receipt["round"])
    found = [ballot for ballot in round_.ballots if ballot.number == number] if round_ else []
    if round_ is None or not found:
        return False, f"the receipt of entry {number} names a vote in {receipt['round']}, but the entry is none"
    ballot = found[0]
    told = {"seat": ballot.seat, "choice": ballot.choice, "revision": ballot.revision}
    told |= {"motion": round_.motion, "motion_version": round_.version}
    for name, value in told.items():
        if receipt[name] != value:
            return False, f"the receipt of entry {number} says {name} {receipt[name]}, the entry {value}"
    standing = round_.standing().get(ballot.seat)
    if round_.is_void(ballot):
        became = "it was made void by a recusal"
    elif standing is not ballot and standing is not None:
        became = f"the seat's later vote, entry {standing.number}, stands instead"
    elif round_.closing is None:
        became = "it stands; the round has no result in this export"
    else:
        became = f"it was counted when entry {round_.ended_by} closed the round"
    return True, f"entry {number} is the vote “{ballot.choice}” of seat {ballot.seat} in {receipt['round']}; {became}"


def read_checkpoints(given: Iterable[str]) -> list[tuple[int, str]]:
    """Checkpoints of every file named, and those written out as number and hash."""
    noted = []
    for text in given:
        single = re.fullmatch(r"([0-9]+):([0-9a-fA-F]{64})", text)
        if single:
            noted.append((int(single.group(1)), single.group(2).lower()))
            continue
        for line in Path(text).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            noted.append((row["position"], row["hash"]))
    return noted


class Check:
    """One walk through an export, and every disagreement that it finds."""

    def __init__(self, checkpoints: list[str], receipts: list[str]) -> None:
        self.faults: list[str] = []
        self.noted = read_checkpoints(checkpoints)
        self.receipts = [json.loads(Path(file).read_text(encoding="utf-8")) for file in receipts]
        wanted = {number for number, _ in self.noted} | {receipt["entry"] for receipt in self.receipts}
        self.chain, self.recount = Chain(self.say, wanted), Recount(self.say)
        self.receipts_found: list[str] = []

    def say(self, number: int, words: str) -> None:
        self.faults.append(f"entry {number} {words}")

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            row = json.loads(line)
            content = self.chain.follow(row)
            if content is not None:
                self.recount.follow(row["position"], content)
        for number, expected in self.noted:
            if self.chain.kept.get(number) != expected:
                self.faults.append(f"the checkpoint of entry {number} does not agree: the ledger was cut or rewritten")
        for receipt in self.receipts:
            holds, words = judge_receipt(receipt, self.chain, self.recount)
            (self.receipts_found if holds else self.faults).append(words)

    def verdict(self) -> str:
        last = max((number for number, _ in self.noted), default=0)
        return (
            f"The ledger holds: {self.chain.number} entries, head {self.chain.head}, {self.recount.counted} closed"
            f" round(s) counted again with the same result, {len(self.noted)} checkpoint(s) agree.\n"
            f"A tampering is certain to have been found up to entry {last}, the last one with a checkpoint.\n"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an exported ledger of govai_tracker.")
    parser.add_argument("ledger", help="the file that export_ledger wrote")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE_OR_NUMBER:HASH")
    parser.add_argument("--receipt", action="append", default=[], metavar="FILE", help="the file that a voter kept")
    options = parser.parse_args()
    try:
        check = Check(options.checkpoint, options.receipt)
        with Path(options.ledger).open(encoding="ascii") as lines:
            check.read(lines)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, binascii.Error, KeyError, TypeError) as error:
        sys.stderr.write(f"The files cannot be read as an exported ledger: {error!r}\n")
        return 2
    for words in check.receipts_found:
        sys.stdout.write(f"Receipt: {words}.\n")
    for fault in check.faults:
        sys.stderr.write(f"{fault}.\n")
    if check.faults:
        sys.stderr.write(f"THE LEDGER DOES NOT HOLD: {len(check.faults)} finding(s).\n")
        return 1
    sys.stdout.write(check.verdict())
    return 0


if __name__ == "__main__":
    sys.exit(main())
