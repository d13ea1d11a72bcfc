"""Opens pages of `pol matrix` in a headless browser and uses them as people do.

    check.py FOLDER

In the folder are `plain`, `diff`, `hostile` and `large`, each as `.html` and `.json`. Prints what was
checked; ends with 1 and what is wrong, or with 77 where there is no browser.
"""

import json
import os
import signal
import sys

import browser

KINDS = {"nothing": 1, "allow": 2, "deny": 4, "conditional": 8}
folder = sys.argv[1]


def require(claim, told):
    if not claim:
        sys.exit("wrong: " + told)


def spread(runs):
    return [value for count, value in runs for _ in range(count)]


def expected(document, view):
    """The kinds of all cells, row by row, as the JSON has them."""
    pages = [spread(page) for page in document["pages"]]
    kinds = []
    for row in document[view]:
        line = []
        for page in spread(row["pages"]):
            for number in pages[page]:
                cell = document["cells"][number]
                kind = KINDS[cell["effect"]]
                if kind == 8 and not cell["mayAllow"]:
                    kind = 32
                line.append(kind + (16 if cell["change"] else 0))
        kinds.append(line)
    return kinds


def same_cells(page, name):
    with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
        document = json.load(file)
    for number, view in enumerate(["policies", "principals", "units"]):
        page.run("show(%d)" % number)
        shown = page.run(
            "data.views[%d].map((_, r) => data.actions.map((_, a) => kindOf[cellAt(r, a)]))" % number)
        require(shown == expected(document, view), name + ": the cells of " + view)
        names = page.run("data.views[%d].map((row) => row[0])" % number)
        require(names == [row["name"] for row in document[view]], name + ": the rows of " + view)
    page.run("show(0)")
    return document


def at(page):
    return page.run("document.activeElement.dataset.line + ' ' + document.activeElement.dataset.column")


def count(page):
    return page.run("document.getElementById('count').textContent")


def fill(page, name, value, event="change"):
    page.run("(() => { const e = document.getElementById('%s'); e.%s = %s; "
             "e.dispatchEvent(new Event('%s')); })()"
             % (name, "checked" if isinstance(value, bool) else "value", json.dumps(value), event))
    page.run("new Promise((done) => setTimeout(done, 200))")


def look(page):
    """Renders, searches, filters and folds."""
    page.open(os.path.join(folder, "plain.html"))
    document = same_cells(page, "plain")
    require(page.run("document.querySelectorAll('[role=columnheader]').length")
            == len(document["policies"]) + 1, "a column for each policy")
    require(page.run("document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1,
            "one cell is reached by Tab")
    require(page.run("[...document.querySelectorAll('[role=gridcell]')]"
                     ".every((cell) => cell.getAttribute('aria-label').includes(': '))"),
            "every cell says what it is")
    lines = page.run("state.lines.length")
    fill(page, "find", "approve", "input")
    actions = [action for service in document["services"] for action in service["actions"]]
    found = [action for action in actions
             if "approve" in (action["name"] + " " + (action["title"] or "")).lower()]
    require(0 < len(found) < len(actions), "some actions are searched for")
    require(count(page).startswith("%d of %d actions" % (len(found), len(actions))),
            "search: " + count(page))
    fill(page, "find", "", "input")
    fill(page, "findrow", "maker", "input")
    require("1 of 14 policies" in count(page), "search of policies: " + count(page))
    page.run("document.getElementById('reset').click()")
    fill(page, "sensitive", True)
    sensitive = [action for action in actions if action["sensitive"]]
    require(count(page).startswith("%d of %d actions" % (len(sensitive), len(actions))),
            "sensitive: " + count(page))
    page.run("document.getElementById('reset').click()")
    fill(page, "effect", "2")
    require(page.run("state.columns.every((row) => state.lines.some((a) => a >= 0 && "
                     "kindOf[cellAt(row, a)] === 2))"), "every policy left allows something")
    require(page.run("state.lines.every((a) => a < 0 || state.columns.some((row) => "
                     "kindOf[cellAt(row, a)] === 2))"), "every action left is allowed to somebody")
    page.run("document.getElementById('reset').click()")
    page.run("document.getElementById('collapse').click()")
    require(page.run("state.lines.length") == len(document["services"]), "all services are folded")
    page.run("document.getElementById('expand').click()")
    require(page.run("state.lines.length") == lines, "all services are open again")
    page.run("document.querySelector('[data-line=\"0\"][data-column=\"-1\"]').click()")
    require(page.run("state.lines.length") < lines, "a click folds a service")
    page.run("document.getElementById('expand').click()")
    page.run("show(1)")
    fill(page, "kind", page.run("[...document.getElementById('kind').options]"
                                ".find((o) => o.text === 'group').value"))
    require(page.run("state.columns.every((row) => text(data.views[1][row][1]) === 'group')"),
            "only groups are left")
    require(page.problems() == [], "plain: " + "; ".join(page.problems()))


def keys(page):
    """Goes about with the keyboard alone."""
    page.open(os.path.join(folder, "plain.html"))
    page.run("document.querySelector('.skip').focus()")
    page.press("Enter")
    require(at(page) == "0 -1", "the skip link leads to the grid: " + at(page))
    for key, place in [("ArrowRight", "0 0"), ("ArrowDown", "1 0"), ("ArrowDown", "2 0"),
                       ("ArrowUp", "1 0"), ("Home", "1 -1"), ("ArrowUp", "0 -1"),
                       ("ArrowUp", "-1 -1"), ("ArrowUp", "-1 -1"), ("ArrowRight", "-1 0")]:
        page.press(key)
        require(at(page) == place, key + " leads to " + place + ": " + at(page))
    page.press("End", modifiers=2)
    last = "%d %d" % (page.run("state.lines.length - 1"), page.run("state.columns.length - 1"))
    require(at(page) == last, "End leads to the last cell: " + at(page))
    require(page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid",
            "the focus is seen")
    inside = page.run("(() => { const c = document.activeElement.getBoundingClientRect(), "
                      "g = grid.getBoundingClientRect(); "
                      "return c.bottom <= g.bottom + 1 && c.right <= g.right + 1; })()")
    require(inside, "the chosen cell is in sight")
    page.press("Enter")
    require(page.run("document.activeElement.id") == "details", "Enter leads to the details")
    page.press("Escape")
    require(at(page) == last, "Escape leads back: " + at(page))
    page.press("Home", modifiers=2)
    lines = page.run("state.lines.length")
    page.press("Enter")
    require(page.run("state.lines.length") < lines, "Enter folds a service")
    require(page.run("document.activeElement.getAttribute('aria-expanded')") == "false", "and says so")
    page.press("Enter")
    require(page.run("state.lines.length") == lines, "and opens it")
    require(page.problems() == [], "keys: " + "; ".join(page.problems()))


def details(page):
    """Asks a cell why, and looks at what changed."""
    page.open(os.path.join(folder, "plain.html"))
    page.run("choose(state.lines.findIndex((a) => a >= 0 && actionName(a) === 'approve'), "
             "state.columns.findIndex((row) => heading(row) === 'approver'))")
    told = page.run("document.getElementById('details').innerText")
    for part in ["approver", "payment.approve", "on conditions", "resource.amount", "roles.pol:"]:
        require(part in told, "the details tell " + part + ": " + told)
    page.open(os.path.join(folder, "diff.html"))
    same_cells(page, "diff")
    fill(page, "changed", True)
    require(count(page) == "1 of 8 actions, 2 of 2 policies", "changed: " + count(page))
    page.run("choose(1, 0)")
    told = page.run("document.getElementById('details').innerText")
    require("widened" in told and "Before:" in told, "the details tell the change: " + told)
    require(page.run("document.querySelectorAll('.cell.changed').length") == 4, "marks of changes")
    page.run("dispatchEvent(new Event('beforeprint'))")
    paper = page.run("document.getElementById('paper').textContent")
    require("widened; was nothing" in paper, "paper tells the change: " + paper)
    require(page.problems() == [], "details: " + "; ".join(page.problems()))


def hostile(page):
    """Names that would be markup or script, if they were put into the page as they are."""
    page.open(os.path.join(folder, "hostile.html"))
    document = same_cells(page, "hostile")
    for view in range(3):
        page.run("show(%d)" % view)
        page.run("state.lines.forEach((_, l) => state.columns.forEach((_, c) => choose(l, c)))")
        page.run("dispatchEvent(new Event('beforeprint'))")
    require(page.run("window.hit") is None, "nothing of a policy ran")
    require(page.run("document.querySelectorAll('script').length") == 2, "no script was added")
    require(page.run("document.querySelectorAll('img, b, i').length") == 0, "no element was added")
    require(any("</script>" in row["name"] for row in document["policies"]), "the name is there")
    require(page.problems() == [], "hostile: " + "; ".join(page.problems()))


def large(page):
    """Only what is in sight is an element, wherever one scrolls."""
    page.open(os.path.join(folder, "large.html"))
    page.run("document.getElementById('expand').click()")
    page.run("choose(3, 3)")
    for left, top in [(0, 0), (400, 9000), (1e9, 1e9), (700, 20000)]:
        page.run("grid.scrollLeft = %d; grid.scrollTop = %d" % (left, top))
        page.run("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")
        elements = page.run("document.querySelectorAll('#grid *').length")
        require(elements < 4000, "%d elements" % elements)
        require(page.run("grid.scrollTop + grid.clientHeight <= canvas.offsetHeight + 1"),
                "the end is the end")
        hit = page.run("(() => { const r = grid.getBoundingClientRect(); return document"
                       ".elementFromPoint(r.left + nameWidth + 95, r.top + headHeight + 95)"
                       ".className; })()")
        require("cell" in hit, "a cell is where one looks: " + hit)
    require(at(page) == "3 3", "the chosen cell keeps the focus: " + at(page))
    require(page.problems() == [], "large: " + "; ".join(page.problems()))


def light(color):
    parts = [int(part) / 255 for part in color[color.index("(") + 1:-1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(page):
    """What is read stands out from what is behind it (WCAG 2.2, 1.4.3)."""
    for dark in [False, True]:
        page.open(os.path.join(folder, "plain.html"), dark=dark)
        for kind in ["k2", "k4", "k8", "k32"]:
            front, back = page.run(
                "(() => { const s = getComputedStyle(document.querySelector('#legend .%s')); "
                "return [s.color, s.backgroundColor]; })()" % kind)
            one, other = sorted([light(front), light(back)])
            require((other + 0.05) / (one + 0.05) >= 4.5, "contrast of " + kind)


def main():
    path = browser.find()
    if not path:
        print("there is no browser")
        sys.exit(77)
    # A browser that hangs is a failure, not a test that never ends.
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("wrong: the browser does not answer"))
    signal.alarm(180)
    page = browser.Browser(path)
    try:
        for check in [look, keys, details, hostile, large, contrast]:
            check(page)
            print("checked: " + check.__name__)
    finally:
        page.close()


main()
