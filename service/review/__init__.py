"""The review service: pages for people, and a JSON API under /api/v1, over one store.

| room | what it holds |
| --- | --- |
| `server.py`, `app.py`, `settings.py` | how it starts and what it is made of |
| `guard.py`, `security.py` | what every request has to pass; who is asking |
| `problems.py` | one shape for every error |
| `api_*.py`, `schemas.py` | the JSON API |
| `pages_*.py`, `looks.py`, `templates/`, `static/` | the pages |
| `forms.py` | what a page's form says, as the store wants it |
| `reading.py`, `jobs.py` | reading articles while somebody waits, and while nobody does |
"""
