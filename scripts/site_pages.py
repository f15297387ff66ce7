"""Builds the site's pages from files that also read well in the repository (a hook of MkDocs).

The README and the other pages beside it become pages of the site. A link to a file that is no page leads to the
repository; a link to nothing stays as it is, and `mkdocs build --strict` refuses it.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
DOCS = "docs"
# Pages that lie beside the README, and their names on the site.
BESIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
LINK = re.compile(r"\]\((?P<path>[^)#:\s]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that lie beside the README."""
    for source, name in BESIDE.items():
        if (ROOT / source).is_file():
            files.append(File.generated(config, name, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point the page's links to the site's pages, or to the repository."""
    name = page.file.src_uri
    source = {site: beside for beside, site in BESIDE.items()}.get(name, f"{DOCS}/{name}")

    def pointed(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link["path"]))
        place = _on_site(target, name, files) or _in_repository(target, config) or link["path"]
        return f"]({place}{link['anchor'] or ''})"

    return LINK.sub(pointed, markdown)


def _on_site(target: str, page: str, files: Files) -> str | None:
    name = BESIDE.get(target, target.removeprefix(f"{DOCS}/"))
    known = target in BESIDE or target.startswith(f"{DOCS}/")
    if not known or files.get_file_from_path(name) is None:
        return None
    return posixpath.relpath(name, posixpath.dirname(page) or ".")


def _in_repository(target: str, config: MkDocsConfig) -> str | None:
    if target.startswith("..") or not (ROOT / target).exists():
        return None
    return f"{config.repo_url.rstrip('/')}/blob/main/{target}" if config.repo_url else None
