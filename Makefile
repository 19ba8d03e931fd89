# Short names for ./dev, which is the one entry.
.PHONY: up test check bench lock
up: ; ./dev up
test: ; ./dev test
check: ; ./dev check
bench: ; ./dev bench

# Rewrites every requirements*.txt from its .in file; the versions of what is not named move to the newest that fit.
LOCK = .venv/bin/python -m uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url
lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(LOCK) requirements-servers.in -c requirements-dev.txt -o requirements-servers.txt
	$(LOCK) requirements-tools.in -o requirements-tools.txt
	npm install --package-lock-only --ignore-scripts
