"""A folder or URL that every node reaches, and the Parquet files in it."""

from __future__ import annotations

import uuid
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError, SetupError

if TYPE_CHECKING:
    import pyarrow as pa


def is_url(place: Path | str) -> bool:
    """True for `s3://bucket/folder` and the like, which are no paths of this machine."""
    return "://" in str(place)


def file_system(place: str) -> tuple[Any, str]:
    """What opens a path or URL, and the path as it knows it; raises InputError where nothing does."""
    try:
        from pyarrow import fs
    except ImportError as error:
        raise SetupError("the engine ray is not installed: pip install 'claimgraph[ray]'") from error
    if not is_url(place):
        return fs.LocalFileSystem(), str(Path(place).absolute())
    try:
        found: tuple[Any, str] = fs.FileSystem.from_uri(place)
        return found
    except (OSError, ValueError):
        import fsspec

        try:
            handler, path = fsspec.core.url_to_fs(place)
        except (ImportError, ValueError) as error:
            raise InputError(f"cannot be opened: {error}", path=place) from error
        return fs.PyFileSystem(fs.FSSpecHandler(handler)), path


class Storage:
    """Parquet files below a folder or URL. It can be sent to other nodes."""

    def __init__(self, place: str) -> None:
        self.place = place

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        return file_system(self.place)

    def __reduce__(self) -> tuple[type[Storage], tuple[str]]:
        return Storage, (self.place,)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; none where there is no folder."""
        from pyarrow import fs

        system, root = self._opened
        found = system.get_file_info(fs.FileSelector(f"{root}/{folder}", allow_not_found=True))
        names = (PurePosixPath(info.path).name for info in found if info.type == fs.FileType.File)
        return sorted(name for name in names if not name.startswith("."))

    def holds(self, name: str) -> bool:
        """True where a file of this name is complete."""
        from pyarrow import fs

        system, root = self._opened
        return bool(system.get_file_info(f"{root}/{name}").type == fs.FileType.File)

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """The table in a file."""
        import pyarrow.parquet as pq

        system, root = self._opened
        return pq.read_table(f"{root}/{name}", filesystem=system, columns=columns)

    def metadata(self, name: str) -> dict[bytes, bytes]:
        """What was noted beside a table when it was written."""
        import pyarrow.parquet as pq

        system, root = self._opened
        return pq.read_schema(f"{root}/{name}", filesystem=system).metadata or {}

    def write(self, name: str, table: pa.Table) -> None:
        """Writes a table, all or nothing; a table of that name gives way."""
        import pyarrow.parquet as pq

        system, root = self._opened
        folder, _, last = f"{root}/{name}".rpartition("/")
        system.create_dir(folder, recursive=True)
        beside = f"{folder}/.{uuid.uuid4().hex}-{last}"
        pq.write_table(table, beside, filesystem=system)
        system.move(beside, f"{folder}/{last}")

    def path(self, name: str) -> str:
        """A file as its file system names it."""
        return f"{self._opened[1]}/{name}"

    @property
    def system(self) -> Any:
        """What opens the paths."""
        return self._opened[0]

    def clear(self, folder: str = "") -> None:
        """Removes a folder with all that is in it, or everything."""
        from pyarrow import fs

        system, root = self._opened
        path = f"{root}/{folder}".rstrip("/")
        if system.get_file_info(path).type == fs.FileType.Directory:
            system.delete_dir(path)
