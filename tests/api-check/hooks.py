"""What schemathesis is told beyond the document: which key to send, and what a good request may still be refused for."""

import itertools
import os

import schemathesis

KEYS = itertools.cycle(os.environ["PORCHLIGHT_KEYS"].split())

# What no schema can say: the version that is there, the name that was used, the place that a cursor is for, the message that
# is answered, the one that is deleted, the site and the role that there are, the hundredth site, two days that are in order
# and no more than 400 apart. Everything else that the document allows must be taken.
STATEFUL = {"precondition_failed", "idempotency_conflict", "limit_reached", "rate_limited", "not_found", "unchangeable"}
PLACES = {("invalid_field", param) for param in ("cursor", "reply_to", "site_id", "role", "first_day", "last_day")}

# What others wrote is theirs, and who may do more than a key is out of its reach.
OTHERS = ("/agents/{agent}", "/conversations/{conversation}/messages/{message}")
RIGHTS = {(f"{method} {path}", "forbidden") for method in ("PATCH", "DELETE") for path in OTHERS}


@schemathesis.hook
def before_call(context, case, kwargs):
    """All requests together are more than one key may make."""
    headers = kwargs.get("headers") or {}
    if headers.get("Authorization", "").startswith("Bearer sk_"):
        headers["Authorization"] = f"Bearer {next(KEYS)}"


@schemathesis.check
def what_is_allowed_is_taken(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code < 400:
        return
    problem = response.json()
    if problem["code"] in STATEFUL or (problem["code"], problem["param"]) in PLACES:
        return
    if (case.operation.label, problem["code"]) in RIGHTS:
        return
    assert False, f"a request that the document allows is refused: {problem}"
