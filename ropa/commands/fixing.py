"""What ``ropa check --fix`` and ``--diff`` do with files: fixes are found in memory, shown or written, each file whole."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable, Collection, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.commands.errors import CommandError
from ropa.commands.files import write_whole
from ropa.commands.streams import say, write
from ropa.report.terminal import safe

if TYPE_CHECKING:
    from ropa.checking import Checked
    from ropa.fixes.mend import Mended

BOM = "\ufeff"
LINE = re.compile(r"[^\n]*\n|[^\n]+")
NO_LAST_BREAK = "\\ No newline at end of file\n"


def show_fixes(checked: Checked, wants: Callable[[str, str], bool], known: Collection[str] = ()) -> None:
    """Prints what the fixes would change as a unified diff, for ``patch -p0``; writes no file. Raises `CommandError`.

    A terminal is shown every sign that would act on it as an escape; a file or a program gets the text as it is.
    """
    show = safe if sys.stdout.isatty() else str
    for file, before, after in _changes(checked, _mended(checked, wants, known)):
        write(show(_diff(_shown(checked, file), before, after)), data=True)


def write_fixes(checked: Checked, wants: Callable[[str, str], bool], known: Collection[str] = ()) -> bool:
    """Writes the fixes and says on stderr what they were; True where something was written.

    Every file is looked at before the first is written: where one is a link, read-only or no longer what was checked,
    nothing is written at all. Raises `CommandError`.
    """
    mended = _mended(checked, wants, known)
    changes = list(_changes(checked, mended))
    for file, _, after in changes:
        path = checked.folder / file
        mode = stat.S_IMODE(path.stat().st_mode)
        write_whole(path, after)
        path.chmod(mode)
    for line in _told(checked, mended):
        say(line)
    return bool(changes)


def _mended(checked: Checked, wants: Callable[[str, str], bool], known: Collection[str]) -> Mended:
    from ropa.fixes.mend import mend

    return mend(checked, wants, known)


def _changes(checked: Checked, mended: Mended) -> Iterator[tuple[str, str, str]]:
    """Each file that changes with its text on disk, a BOM included, and the text that it is to have."""
    from ropa.fixes.mend import mended_text
    from ropa.source.files import Document, read_text

    read = {document.file: document for document in checked.documents.values()}
    for file, rounds in sorted(mended.files.items()):
        text = _text(checked.folder / file)
        bare = text.removeprefix(BOM)
        if read_text(Document(read[file].record, file), bare).text != read[file].text:
            raise CommandError(f"{_shown(checked, file)} was changed while it was checked. Nothing is written; run the command again.")
        yield file, text, text[: len(text) - len(bare)] + mended_text(bare, rounds)


def _text(path: Path) -> str:
    """A file's text with the line ends that it has. Raises `CommandError` for what cannot be replaced without loss."""
    if path.is_symlink():
        raise CommandError(f"{path} is a link, and a fix would replace it. Nothing is written; correct the file that it leads to.")
    try:
        if not path.stat().st_mode & stat.S_IWUSR:
            raise CommandError(f"{path} is read-only. Nothing is written; make it writable, or correct it by hand.")
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read again: {error.strerror}. Nothing is written.") from error
    except UnicodeDecodeError:
        raise CommandError(f"{path} was changed while it was checked. Nothing is written; run the command again.") from None


def _diff(shown: str, before: str, after: str) -> str:
    lines = unified_diff(LINE.findall(before), LINE.findall(after), shown, shown)
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_LAST_BREAK}" for line in lines)


def _told(checked: Checked, mended: Mended) -> Iterator[str]:
    """One line a fix, and how many there were."""
    from ropa.findings.catalogue import entries

    for file, rounds in sorted(mended.files.items()):
        for found in rounds:
            for one in sorted(found, key=lambda one: one.fix.edits[0].line):
                rule, line = entries()[one.rule], one.fix.edits[0].line
                yield f"{_shown(checked, file)}:{line}: fixed {rule.code} [{rule.name}] {one.fix.title}"
    findings, files = mended.count(), len(mended.files)
    yield (
        f"fixed {findings} finding{'' if findings == 1 else 's'} in {files} file{'' if files == 1 else 's'}"
        if findings
        else "nothing to fix"
    )


def _shown(checked: Checked, file: str) -> str:
    from ropa.findings.finding import Place
    from ropa.report.lines import shown_path

    return shown_path(checked, Place("", file, 1, 1, 1, 1))
