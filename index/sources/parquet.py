"""Parquet files -> rows -> articles; rows are read in batches, so a file of any size takes the memory of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import SourceRefused
from index.sources.extras import extra
from index.sources.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.sources.drafts import Origin
    from index.types import Reading

_BATCH = 256  # rows
_MAGIC = b"PAR1"


def read_parquet(
    stream: BinaryIO, origin: Origin, fields: Mapping[str, str], max_bytes: int
) -> Iterator[Reading]:
    """Read a Parquet file, each row a record.

    Args:
        stream: the file, which can be sought in.
        origin: where it comes from; the n-th row gets ``#n``.
        fields: our name of a field with the name of its column.
        max_bytes: no group of rows may unpack to more.

    Raises:
        ExtraMissing: the extra that reads it is not installed.
        SourceRefused: it is no Parquet file, or damaged.
    """
    if stream.read(4) != _MAGIC:
        raise SourceRefused("It is not a Parquet file: it does not begin like one.")
    stream.seek(0)
    table = extra("pyarrow.parquet", kind="Parquet", name="parquet")
    arrow = extra("pyarrow", kind="Parquet", name="parquet")
    try:
        file = table.ParquetFile(stream)
        _refuse_bombs(file.metadata, max_bytes)
        yield from read_rows(_rows(file), list(file.schema_arrow.names), origin, fields)
    except (arrow.ArrowException, OSError, ValueError, NotImplementedError) as error:
        raise SourceRefused(f"It is a damaged Parquet file: {str(error).splitlines()[0][:200]}.") from error


def _rows(file: Any) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(batch_size=_BATCH):
        for row in batch.to_pylist():
            yield {name: _as_text(cell) for name, cell in row.items()}


def _as_text(cell: Any) -> Any:
    """Return the characters of a cell whose column was never said to hold any, else the cell."""
    if not isinstance(cell, bytes):
        return cell
    try:
        return cell.decode()
    except UnicodeDecodeError:  # a picture, a vector
        return cell


def _refuse_bombs(metadata: Any, max_bytes: int) -> None:
    for index in range(metadata.num_row_groups):
        size = metadata.row_group(index).total_byte_size
        if size > 100 * max_bytes:
            raise SourceRefused(f"It is too large: a group of rows unpacks to {size} bytes.")
