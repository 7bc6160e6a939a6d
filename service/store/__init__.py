"""The store: articles, claims, findings, decisions and their history, in SQLite or PostgreSQL.

| room | what it holds |
| --- | --- |
| `models.py`, `migrations/` | the tables |
| `database.py` | transactions; what databases complain of, in plain words |
| `articles.py`, `batches.py`, `groups.py` | articles in; findings kept up to date where something was touched |
| `columns.py` | the claims as columns that are looked up by index: whom a change touches |
| `decisions.py`, `edits.py`, `audit.py` | what people rule and correct, and the trail of it |
| `queries.py`, `search.py` | what the pages and the API ask |
| `exports.py`, `backup.py` | what goes out: gold, findings, copies |
| `tokens.py`, `jobs.py` | who may use the API; long batches |
"""

from service.store.database import Database
from service.store.errors import ConflictError, NotFoundError, RefusedError, StoreError

__all__ = ["ConflictError", "Database", "NotFoundError", "RefusedError", "StoreError"]
