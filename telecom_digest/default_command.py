"""Commands under Typer whose first word may be left out: `digest article.txt` is `digest digest article.txt`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

DEFAULT = "digest"
_OWN_OPTIONS = ("--install-completion", "--show-completion")  # of the group itself


class Commands(TyperGroup):
    """A group whose first word may be left out: `digest article.txt` is `digest digest article.txt`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0].partition("=")[0] in _OWN_OPTIONS)
        if not named and (args or not ctx.resilient_parsing):  # completion asks with what stands before the cursor
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return (None if name == DEFAULT else name), command, rest

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        default = self.commands[DEFAULT]
        with default.make_context(None, [], parent=ctx, resilient_parsing=True) as inner:
            return [*super().shell_complete(ctx, incomplete), *default.shell_complete(inner, incomplete)]


class Plain(TyperCommand):
    """A command called by the name of its group: no second word in the usage line."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)
        return usage.replace("  ", " ")
