extension MatrixPageScript {
  /// What is told of the chosen cell.
  static let details = #"""
    function tell() {
      const box = $("what"), { line, column } = state;
      box.textContent = "";
      $("hint").hidden = column >= 0 || line > 0;
      const what = state.lines[line];
      if (column >= 0 && line >= 0 && what !== undefined) {
        const { kind, cell } = look(line, column), row = state.columns[column];
        box.append(element("h2", "", heading(row)));
        const service = services[what < 0 ? -1 - what : serviceOf[what]];
        const name = what < 0 ? service.name : service.name + "." + actionName(what);
        const p = element("p");
        p.append(element("code", "", name), " ",
          element("span", "verdict k" + kind, SYMBOL[kind] + " " + WORD[kind]));
        box.append(p);
        if (what < 0) return box.append(element("p", "place", "Open the service to see why."));
        aboutAction(box, what);
        aboutCell(box, cell);
      } else if (column >= 0) aboutRow(box, state.columns[column]);
      else if (what !== undefined && what >= 0) {
        box.append(element("h2", "", services[serviceOf[what]].name + "." + actionName(what)));
        aboutAction(box, what);
      }
    }
    function aboutAction(box, action) {
      const [, title, groups, flags] = data.actions[action];
      const parts = [title, groups ? "in " + text(groups) : "", flags & 1 ? "sensitive" : ""];
      const line = parts.filter(Boolean).join(", ");
      if (line) box.append(element("p", "place", line));
    }
    function aboutRow(box, row) {
      const [, kind, title] = data.views[state.view][row];
      box.append(element("h2", "", heading(row)), element("p", "place",
        [text(kind), title].filter(Boolean).join(": ")));
      const counts = {};
      services.forEach((service, s) => {
        const runs = data.pages[pages(state.view, row)[s]];
        for (let i = 0; i < runs.length; i += 2) {
          const own = kindOf[runs[i + 1]] & KINDS;
          counts[own] = (counts[own] || 0) + runs[i];
        }
      });
      const list = element("ul");
      for (const own of [2, 8, 4, 32, 1]) if (counts[own]) {
        const item = element("li");
        item.append(element("span", "verdict k" + own, SYMBOL[own] + " " + WORD[own]), " " +
          counts[own].toLocaleString("en") + (counts[own] === 1 ? " action" : " actions"));
        list.append(item);
      }
      box.append(list);
    }
    function aboutCell(box, number) {
      const [, entries, holders, more, before, change] = data.cells[number];
      if (change) {
        const p = element("p");
        p.append(element("span", "c", SIGN[change] + " " + CHANGE[change]));
        box.append(p);
      }
      reasons(box, entries, holders, more, change ? "Now" : "");
      if (!change) return;
      const old = data.cells[before];
      const p = element("h3", "", "Before: ");
      const kind = kindOf[before] & KINDS;
      p.append(element("span", "verdict k" + kind, SYMBOL[kind] + " " + WORD[kind]));
      box.append(p);
      reasons(box, old[1], old[2], old[3], "");
    }
    function reasons(box, entries, holders, more, title) {
      if (holders && holders.length) {
        box.append(element("h3", "", "Who is allowed"));
        const list = element("ul");
        for (const holder of holders) list.append(element("li", "", heading(holder >> 1, 1) +
          (holder & 1 ? "" : ", on conditions")));
        if (more) list.append(element("li", "", "and " + more.toLocaleString("en") + " more"));
        return box.append(list);
      }
      if (!entries.length) return;
      box.append(element("h3", "", (title ? title + ": " : "") +
        (entries.length > 1 ? "rules that decide" : "the rule that decides")));
      const list = element("ul");
      for (const entry of entries) {
        const [number, ...grants] = Array.isArray(entry) ? entry : [entry];
        const [policy, id, effect, written, condition, because, file, line, column] =
          data.rules[number];
        const item = element("li"), kind = effect ? 4 : 2;
        const verdict = SYMBOL[kind] + (effect ? " deny" : " allow");
        item.append(element("span", "verdict k" + kind, verdict));
        item.append(condition ? " when " : " always");
        if (condition) item.append(element("code", "", text(condition)));
        if (because) item.append(element("p", "because", "“" + text(because) + "”"));
        const source = element("p");
        source.append(element("code", "", text(written)));
        const owner = id.startsWith(text(policy) + "#") ? id : id + " of " + text(policy);
        item.append(source, element("p", "place",
          owner + ", " + text(file) + ":" + line + ":" + column));
        for (const grant of grants) {
          const [words, from, at, across] = data.grants[grant];
          const spot = text(from) + ":" + at + ":" + across;
          item.append(element("p", "place", text(words) + ", " + spot));
        }
        list.append(item);
      }
      box.append(list);
    }

    """#

  /// On paper stands all that the filters leave, in tables as wide as a page, and then the
  /// conditions.
  static let print = #"""
    const PAPER_CELLS = 100000, PAPER_COLUMNS = 24;
    function fillPaper() {
      const paper = $("paper");
      paper.textContent = "";
      if (state.lines.length * state.columns.length > PAPER_CELLS) {
        paper.append(element("p", "", "This is too much for paper: filter actions or " +
          lower(VIEWS[state.view]) + " first."));
        return;
      }
      for (let from = 0; from < state.columns.length; from += PAPER_COLUMNS)
        paper.append(paperTable(from, Math.min(from + PAPER_COLUMNS, state.columns.length)));
      paperNotes(paper);
    }
    function paperTable(from, to) {
      const table = element("table"), top = element("tr"), body = element("tbody");
      top.append(element("th", "", "action"));
      for (let c = from; c < to; c++) {
        const th = element("th");
        th.append(element("span", "", heading(state.columns[c])));
        top.append(th);
      }
      const thead = element("thead");
      thead.append(top);
      state.lines.forEach((what, l) => {
        const tr = element("tr", what < 0 ? "service" : "");
        tr.append(element("th", "", what < 0 ? services[-1 - what].name : actionName(what) +
          (data.actions[what][3] & 1 ? " !" : "")));
        const isOpen = what < 0 && l + 1 < state.lines.length && state.lines[l + 1] >= 0;
        for (let c = from; c < to && !isOpen; c++) {
          const { kind, cell } = look(l, c);
          const sign = cell === undefined ? "" : SIGN[data.cells[cell][5] || 0];
          tr.append(element("td", "k" + kind, SYMBOL[kind] + sign));
        }
        body.append(tr);
      });
      table.append(thead, body);
      return table;
    }
    function paperNotes(paper) {
      const list = element("ul");
      for (let c = 0; c < state.columns.length; c++) {
        const groups = new Map();
        for (const what of state.lines) {
          if (what < 0) continue;
          const cell = cellAt(state.columns[c], what);
          if (!(kindOf[cell] & (8 + 16 + 32))) continue;
          if (!groups.has(cell)) groups.set(cell, []);
          groups.get(cell).push(services[serviceOf[what]].name + "." + actionName(what));
        }
        for (const [cell, names] of groups) {
          const item = element("li");
          const more = names.length > 8 ? " and " + (names.length - 8) + " more" : "";
          item.append(element("strong", "", heading(state.columns[c])), ", " +
            names.slice(0, 8).join(", ") + more + ": ", element("code", "", phrase(cell)));
          list.append(item);
        }
      }
      if (list.childElementCount) paper.append(element("h2", "", "Conditions and changes"), list);
    }
    function phrase(cell) {
      const [, entries, holders, , before, change] = data.cells[cell];
      const parts = (holders || []).map((holder) =>
        heading(holder >> 1, 1) + (holder & 1 ? "" : " on conditions"));
      for (const entry of entries) {
        const rule = data.rules[Array.isArray(entry) ? entry[0] : entry];
        parts.push((rule[2] ? "deny" : "allow") + (rule[4] ? " when " + text(rule[4]) : ""));
      }
      const now = parts.join("; ") || "nothing";
      return change ? now + " (" + CHANGE[change] + "; was " + phrase(before) + ")" : now;
    }
    addEventListener("beforeprint", fillPaper);
    addEventListener("afterprint", () => { $("paper").textContent = ""; });

    """#
}
