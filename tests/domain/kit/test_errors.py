"""Errors are declared once and travel in one shape (platform.md 2)."""

import pickle

import pytest

from domain.kit import errors
from domain.kit.errors import REGISTRY, DomainError, ErrorCode, FieldProblem, ValidationFailedError

REFUSAL = ErrorCode("TEST_ONLY_REFUSAL", "It is refused.", 409, aliases=("TEST.ONLY.ALIAS",))


@pytest.fixture(autouse=True, scope="module")
def _undeclared():
    yield
    REGISTRY.pop(REFUSAL.type, None)


def test_body():
    problem = REFUSAL(
        "Because.", payload={"lockedToDate": "2024-01-01"}, meta=[1], headers={"Retry-After": "1"}, extra={"keys": 1}
    )
    element = {"statusCode": 409, "message": "Because.", "payload": {"lockedToDate": "2024-01-01"}, "meta": [1]}
    assert problem.body() == {
        "statusCode": 409,
        "message": "Because.",
        "keys": 1,
        "errors": [element | {"type": "TEST_ONLY_REFUSAL"}, element | {"type": "TEST.ONLY.ALIAS"}],
    }
    assert (problem.status, problem.headers) == (409, {"Retry-After": "1"})


def test_a_default_message_and_no_empty_keys():
    assert REFUSAL().body()["errors"][0] == {"statusCode": 409, "type": "TEST_ONLY_REFUSAL", "message": "It is refused."}


def test_not_found_has_the_references_message():
    body = errors.NOT_FOUND().body()
    assert (body["statusCode"], body["message"], body["errors"][0]["type"]) == (404, "NotFoundError", "NOT_FOUND")


def test_a_code_has_one_meaning():
    assert ErrorCode("TEST_ONLY_REFUSAL", "It is refused.", 409, aliases=("TEST.ONLY.ALIAS",)) == REFUSAL
    with pytest.raises(RuntimeError, match="declared twice"):
        ErrorCode("TEST_ONLY_REFUSAL", "Something else.")


def test_refusals_travel_between_processes():
    problem = pickle.loads(pickle.dumps(REFUSAL("Because.", payload=[1], meta=2)))  # noqa: S301 - our own bytes
    assert isinstance(problem, DomainError)
    assert problem.body() == REFUSAL("Because.", payload=[1], meta=2).body()


def test_every_declared_code_can_be_answered():
    for code in list(REGISTRY.values()):
        body = code().body()
        assert 400 <= body["statusCode"] < 600
        assert body["message"]
        assert [element["type"] for element in body["errors"]] == [code.type, *code.aliases]
        assert all(element["message"] for element in body["errors"])


def test_validation_has_both_shapes():
    problem = FieldProblem(("lines", "0", "amount"), "isValid", "amount: must be a number", "x")
    body = ValidationFailedError([problem]).body()
    assert (body["statusCode"], body["error"]) == (400, "Bad Request")
    assert body["message"] == [
        {"target": {}, "value": "x", "property": "lines.0.amount", "children": [], "constraints": {"isValid": problem.message}}
    ]
    assert body["errors"] == [
        {"statusCode": 400, "type": "VALIDATION_ERROR", "message": problem.message, "property": "lines.0.amount"}
    ]
