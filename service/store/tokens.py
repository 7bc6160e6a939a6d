"""API tokens and signed-in browsers: made once, shown once, kept only as hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.store.audit import record
from service.store.errors import NotFoundError, RefusedError
from service.store.models import SignedIn, Token
from service.store.rows import now, plain

Role = Literal["read", "review", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""
_PREFIX = "cg_"
_STAYS = dt.timedelta(hours=12)


class Person(NamedTuple):
    """Who is asking, and what they may do."""

    name: str
    role: str
    token: int | None = None

    def may(self, role: str) -> bool:
        """True where the role suffices."""
        return ROLES.index(self.role) >= ROLES.index(role)


def create(session: Session, name: str, role: str, *, by: str) -> str:
    """A new token; this is the only time that it can be read."""
    if role not in ROLES:
        raise RefusedError(f"no such role: {role!r}; there are {', '.join(ROLES)}")
    clean = plain(name).strip()
    if not 0 < len(clean) <= 80:
        raise RefusedError("a token needs a name of at most 80 characters: whose it is")
    secret = _PREFIX + secrets.token_urlsafe(32)
    session.add(Token(name=clean, role=role, digest=digest(secret), created_at=now(), revoked_at=None))
    record(session, "token_created", "token", clean, role, by=by)
    return secret


def revoke(session: Session, number: int, *, by: str) -> None:
    """Ends a token and every browser that it signed in."""
    token = session.get(Token, number)
    if token is None or token.revoked_at is not None:
        raise NotFoundError(f"no token {number}")
    token.revoked_at = now()
    session.execute(delete(SignedIn).where(SignedIn.token == number))
    record(session, "token_revoked", "token", token.name, token.role, by=by)


def on_file(session: Session) -> Sequence[Token]:
    """All tokens, those that were ended too."""
    return session.scalars(select(Token).order_by(Token.id)).all()


def person(session: Session, secret: str) -> Person | None:
    """Whose token it is; None for one that is unknown or ended.

    The look-up goes by the hash of a random secret, and the comparison takes as long for any answer.
    """
    wanted = digest(secret)
    token = session.scalars(select(Token).where(Token.digest == wanted, Token.revoked_at.is_(None))).first()
    known = hmac.compare_digest(token.digest if token else digest(""), wanted)
    return Person(token.name, token.role, token.id) if token is not None and known else None


def sign_in(session: Session, token: int) -> str:
    """A cookie for a browser that showed a token."""
    session.execute(delete(SignedIn).where(SignedIn.expires_at < now()))
    secret = secrets.token_urlsafe(32)
    session.add(SignedIn(digest=digest(secret), token=token, expires_at=now() + _STAYS))
    return secret


def signed_in(session: Session, cookie: str) -> Person | None:
    """Who signed in with this browser."""
    query = select(SignedIn, Token).join(Token, Token.id == SignedIn.token)
    query = query.where(SignedIn.digest == digest(cookie), Token.revoked_at.is_(None))
    row = session.execute(query).first()
    if row is None or row[0].expires_at < now():
        return None
    return Person(row[1].name, row[1].role, row[1].id)


def sign_out(session: Session, cookie: str) -> None:
    """Ends a browser's session."""
    session.execute(delete(SignedIn).where(SignedIn.digest == digest(cookie)))


def digest(secret: str) -> str:
    """What is kept of a secret. The secrets are random and long, so that one round of hashing is enough."""
    return hashlib.sha256(secret.encode("utf-8", errors="replace")).hexdigest()
