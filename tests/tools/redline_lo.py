#!/usr/bin/env python3
"""Has LibreOffice accept and reject the tracked changes of Word files: a second judge of redlines.

    redline_lo.py REDLINE.docx OLD.docx NEW.docx [REDLINE OLD NEW ...]

For each three files: the text of the redline with all changes accepted is held against that of NEW, with all
rejected against that of OLD, as LibreOffice reads them; empty paragraphs left aside, since LibreOffice keeps one
where Word does not, and of live references only that they are there. Where an input has tracked changes of its own, they are accepted first. One line a file;
status 0 if all agree, 1 if not, 2 if LibreOffice cannot be run. Needs soffice, and a Python with `uno`
(LibreOffice's own, or /usr/bin/python3 on Debian with python3-uno); nothing is fetched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time


def relaunch():
    """Runs this script again with a Python that knows `uno`."""
    for other in ("/usr/bin/python3", "/usr/lib/libreoffice/program/python"):
        known = os.path.exists(other) and subprocess.run([other, "-c", "import uno"], capture_output=True).returncode == 0
        if known and os.path.realpath(other) != os.path.realpath(sys.executable):
            os.execv(other, [other, *sys.argv])
    print("cannot check: no Python with uno", file=sys.stderr)
    sys.exit(2)


try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    relaunch()


class Office:
    """A LibreOffice of our own, started again whenever it dies."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="redline-lo-")
        self.process = None

    def start(self):
        pipe = f"redline{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{self.home}",
             f"--accept=pipe,name={pipe};urp"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        else:
            print("cannot check: LibreOffice does not start", file=sys.stderr)
            sys.exit(2)
        self.context = context
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def text(self, path, command):
        """The paragraphs of a file, that have text, after a command."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        hidden = PropertyValue(Name="Hidden", Value=True)
        document = self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(path)), "_blank", 0, (hidden,))
        dispatcher = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)
        dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())
        found = list(paragraphs(document.Text))
        document.close(True)
        return found


def paragraphs(text):
    for block in text:
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.getCellNames():
                yield from paragraphs(block.getCellByName(name))
        elif block.String.strip():
            yield "".join(map(shown, block))


def shown(portion):
    """The text of a part of a paragraph; of a live reference that there is one.

    LibreOffice works out the numbers of references when it loads a file, leaving aside list items with deleted
    words, and not again when changes are accepted or rejected.
    """
    if portion.TextPortionType == "TextField" and portion.TextField.supportsService(
        "com.sun.star.text.TextField.GetReference"
    ):
        return "[reference]"
    return portion.String


def judge(office, redline, old, new):
    for command, other, name in (("AcceptAllTrackedChanges", new, "new"), ("RejectAllTrackedChanges", old, "old")):
        made, wanted = office.text(redline, command), office.text(other, "AcceptAllTrackedChanges")
        if made != wanted:
            at = next((i for i, (a, b) in enumerate(zip(made, wanted)) if a != b), min(len(made), len(wanted)))
            a, b = made[at:at + 1] or ["(end)"], wanted[at:at + 1] or ["(end)"]
            return f"not the {name} text at paragraph {at}: {a[0][:80]!r} instead of {b[0][:80]!r}"
    return ""


def main():
    files = sys.argv[1:]
    if not files or len(files) % 3:
        print(__doc__.strip().split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    office, status = Office(), 0
    try:
        for redline, old, new in zip(files[::3], files[1::3], files[2::3]):
            try:
                fault = judge(office, redline, old, new)
            except Exception as error:  # LibreOffice dies on some files; that says nothing of the redline.
                fault = f"LibreOffice failed: {type(error).__name__}"
                office.stop()
            print(f"{redline}: {fault or 'agrees'}")
            status = status or int(bool(fault))
    finally:
        office.stop()
        shutil.rmtree(office.home, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
