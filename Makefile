# Everything is done by tools/start.py, which Windows runs as `py tools\start.py run`. This gives it short names.
# `make test ARGS="-k sign_in -x"` hands words on to pytest.

PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run serve people test lint types setup assets lock clean

help:
	@$(PYTHON) tools/start.py help

run serve people lint types setup assets lock:
	@exec $(PYTHON) tools/start.py $@

test:
	@exec $(PYTHON) tools/start.py test $(ARGS)

clean:
	rm -rf .venv node_modules static/vendor .pytest_cache .ruff_cache .mypy_cache .hypothesis
