"""What commands that read inputs share: the options of fetching, and the settings that they give."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from wirecheck.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def fetching_options(command: Command) -> Command:
    """Give a command the parameters `fetch`, `follow` and `allow_network`, to be passed to `read_settings`."""
    for option in (
        click.option(
            "--allow-network",
            multiple=True,
            metavar="CIDR",
            help="With --fetch: also read from this network, such as 10.1.0.0/16, although it is not public.",
        ),
        click.option(
            "--follow", is_flag=True, help="With --fetch: read items of feeds that have no text from their addresses."
        ),
        click.option("--fetch", is_flag=True, help="Read inputs that are http or https addresses from the web."),
    ):
        command = option(command)
    return command


def saying_options(command: Command) -> Command:
    """Give a command the parameter `said`: what its options say of documents that do not say it themselves."""

    @functools.wraps(command)
    def call(**given: Any) -> Any:
        said = {name: value for name in ("publisher", "published") if (value := given.pop(name)) is not None}
        return command(**given, said=said)

    for option in (
        click.option("--date", "published", metavar="DATE", help="When inputs that give no date were published."),
        click.option("--publisher", metavar="NAME", help="Who published the inputs that name no publisher."),
    ):
        call = option(call)
    return call  # type: ignore[return-value]


def read_settings(*, fetch: bool, follow: bool, allow_network: Sequence[str], one_story: bool = False) -> Settings:
    """Return the settings that the options give; raises `UsageError` for options that are nothing without --fetch."""
    from wirecheck.errors import UsageError
    from wirecheck.settings import Settings

    if not fetch and (follow or allow_network):
        raise UsageError("--follow and --allow-network say what --fetch may do: give --fetch too")
    return Settings(one_story=one_story, allow_fetch=fetch, follow_feeds=follow, fetch_networks=tuple(allow_network))
