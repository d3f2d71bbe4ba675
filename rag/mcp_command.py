"""`reglens mcp`."""

import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import ConfigError

_HTTP_REMEDY = "write HOST:PORT, e.g. 127.0.0.1:8765"


def mcp_command(
    context: typer.Context,
    http: Annotated[
        str | None,
        typer.Option("--http", help="Serve HTTP at HOST:PORT instead of stdin and stdout.", show_default=False),
    ] = None,
    any_host: Annotated[
        bool, typer.Option("--any-host", help="With --http: let HOST be reachable from other machines.")
    ] = False,
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)
    ] = None,
) -> None:
    """Let an assistant that speaks MCP search, ask, compare and read the library."""
    place = None if http is None else http_place(http, any_host=any_host)
    if find_spec("mcp") is None:
        raise ConfigError("the MCP server needs a package that is not installed", remedy="pip install 'reglens[mcp]'")
    from rag.mcp_server import serve_http, serve_stdio
    from rag.serving import FrontDesk
    from rag.settings import load_rag_settings

    opened = context.obj(library)
    try:
        desk = FrontDesk(opened, load_rag_settings())
        if place is None:
            serve_stdio(desk)
        else:
            print(f"reglens: serving http://{http}/mcp; Ctrl-C stops it", file=sys.stderr)
            serve_http(desk, *place)
    finally:
        opened.close()


def http_place(text: str, *, any_host: bool) -> tuple[str, int]:
    """Host and port of ``HOST:PORT`` or ``[HOST]:PORT``.

    Raises:
        ConfigError: if it is not that, or reachable from other machines without ``any_host``.
    """
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigError(f"--http {text!r} is no address", remedy=_HTTP_REMEDY)
    if not any_host and not _is_loopback(host):
        raise ConfigError(
            f"{host} can be reached from other machines, and whoever reaches it may read the library",
            remedy="use 127.0.0.1, or add --any-host if that is meant",
        )
    return host, int(port)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
