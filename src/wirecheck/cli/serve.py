"""`wirecheck serve`: the app over one archive, on this machine."""

from __future__ import annotations

import click

from wirecheck.cli._plain import say


@click.command("serve")
@click.argument("archive", metavar="[ARCHIVE]", required=False)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port; default: one that is free.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="NAME",
    help="Where to listen; anything but this machine itself lets others in who know the token.",
)
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
def command(archive: str | None, open_page: bool, port: int, host: str, publishers: str | None) -> None:
    """Read, compare and decide in the browser, over ARCHIVE or an archive of your own that is made for you.

    The address that is printed carries the token of this start; without it nothing is answered.
    """
    from wirecheck.web.serve import serve

    def tell(address: str, folder: str, is_open: bool) -> None:
        if is_open:
            say(f"wirecheck: anyone who can reach {host} and knows the token can read and rule", err=True)
        say(f"Archive: {folder}", err=True)
        say(address)
        say("Ctrl-C ends it; what was acknowledged is stored.", err=True)

    serve(archive, host=host, port=port, open_page=open_page, publishers=publishers, tell=tell)
