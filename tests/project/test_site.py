"""The documentation site: it is built from the pages of the repository, and a link that leads nowhere stops it."""

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

ROOT = Path(__file__).parents[2]


def built(page: str, into: Path) -> str:
    """The HTML of one page of a site that has it, another one and the README.

    Raises:
        Abort: the page has a link that leads nowhere.
    """
    docs = into / "docs"
    docs.mkdir()
    docs.joinpath("page.md").write_text(page, "utf-8")
    docs.joinpath("other.md").write_text("# Other\n\n## A part\n", "utf-8")
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(into / "site"))
    config.nav = None
    build(config)
    return (into / "site" / "page.html").read_text("utf-8")


def test_links_lead_to_the_sites_pages_and_to_the_repository(tmp_path: Path) -> None:
    html = built("[a](../README.md#the-rooms) [b](other.md#a-part) [c](../core/rules/decide.py)", tmp_path)
    assert 'href="index.html#the-rooms"' in html
    assert 'href="other.html#a-part"' in html
    assert 'href="https://github.com/grupo-gad/grupo-gad/blob/main/core/rules/decide.py"' in html


@pytest.mark.parametrize(
    "target", ["nowhere.md", "other.md#no-part", "../README.md#no-part", "../core/nothing.py", "../../beyond.md"]
)
def test_a_link_that_leads_nowhere_stops_the_site(tmp_path: Path, target: str) -> None:
    with pytest.raises(Abort):
        built(f"[a]({target})", tmp_path)
