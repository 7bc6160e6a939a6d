"""Answers that take a look at the whole store, worked out once and kept until its claims or findings change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from service.store.models import Event, Meta, Pending

Answer = TypeVar("Answer")
_MOST = 200
_State = tuple[int | None, int, str | None]
_held: WeakKeyDictionary[Engine, OrderedDict[Hashable, tuple[_State, Any]]] = WeakKeyDictionary()
_lock = Lock()


def remembered(session: Session, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """What `work_out` gave to this question when claims and findings were last as they are now.

    For reading transactions only: what a writer has not committed may be rolled back, and the state with it. The
    answer is shared between threads: do not change it.
    """
    state = _state(session)
    with _lock:
        answers = _held.setdefault(session.get_bind().engine, OrderedDict())
        known = answers.get(question)
    if known is not None and known[0] == state:
        return cast(Answer, known[1])
    answer = work_out()
    with _lock:
        answers[question] = state, answer
        answers.move_to_end(question)
        while len(answers) > _MOST:
            answers.popitem(last=False)
    return answer


def _state(session: Session) -> _State:
    """Differs whenever claims or findings do: each change leaves a line in the trail, or works off waiting groups."""
    last = select(Event.id).where(Event.kind.in_(("article", "claim"))).order_by(Event.id.desc()).limit(1)
    waiting = session.scalar(select(func.count()).select_from(Pending)) or 0
    rules = session.scalars(select(Meta.value).where(Meta.key == "rules")).first()
    return session.scalars(last).first(), waiting, rules
