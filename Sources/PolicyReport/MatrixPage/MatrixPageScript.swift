/// What the page does, in parts that are put together in this order.
enum MatrixPageScript {
  /// The data, unpacked when it is looked at: nothing is made for a cell that nobody sees.
  static let model = #"""
    const data = JSON.parse(document.getElementById("data").textContent);
    const $ = (id) => document.getElementById(id);
    const text = (number) => data.texts[number];
    const services = [];
    for (const [name, title, count] of data.services) {
      const last = services[services.length - 1];
      services.push({ name, title, count, start: last ? last.start + last.count : 0 });
    }
    const serviceOf = new Uint32Array(data.actions.length);
    services.forEach((s, i) => serviceOf.fill(i, s.start, s.start + s.count));
    // 1 nothing, 2 allow, 4 deny, 8 allow on conditions, 32 deny on conditions; 16 changed.
    const kindOf = new Uint8Array(data.cells.length);
    data.cells.forEach((c, i) => {
      const one = c[0] === 1 || c[0] === 2 || c[0] === 4;
      kindOf[i] = (one ? c[0] : c[0] & 2 ? 8 : 32) + (c[5] ? 16 : 0);
    });
    const KINDS = 47;
    const SYMBOL = { 0: "", 1: "·", 2: "✓", 4: "✗", 8: "◐", 16: "≠", 32: "⊖" };
    const WORD = { 0: "", 1: "nothing", 2: "allowed", 4: "denied",
      8: "allowed on conditions", 16: "differs within the service", 32: "denied on conditions" };
    const SIGN = ["", "+", "−", "±"];
    const CHANGE = ["", "widened", "narrowed", "re-conditioned"];
    const cellsOfPage = [], kindsOfPage = [], pagesOfRow = [[], [], []];
    function cells(page) {
      if (cellsOfPage[page]) return cellsOfPage[page];
      const runs = data.pages[page];
      let count = 0;
      for (let i = 0; i < runs.length; i += 2) count += runs[i];
      const result = new Uint32Array(count);
      for (let i = 0, at = 0; i < runs.length; at += runs[i], i += 2)
        result.fill(runs[i + 1], at, at + runs[i]);
      return (cellsOfPage[page] = result);
    }
    function kinds(page) {
      if (kindsOfPage[page] !== undefined) return kindsOfPage[page];
      const runs = data.pages[page];
      let result = 0;
      for (let i = 1; i < runs.length; i += 2) result |= kindOf[runs[i]];
      return (kindsOfPage[page] = result);
    }
    function pages(view, row) {
      if (pagesOfRow[view][row]) return pagesOfRow[view][row];
      const runs = data.views[view][row][6], result = new Uint32Array(services.length);
      for (let i = 0, at = 0; i < runs.length; at += runs[i], i += 2)
        result.fill(runs[i + 1], at, at + runs[i]);
      return (pagesOfRow[view][row] = result);
    }
    function cellAt(row, action) {
      const service = serviceOf[action];
      return cells(pages(state.view, row)[service])[action - services[service].start];
    }
    const PRESENCE = ["", " (removed)", " (new)"];
    function heading(row, view) {
      const rows = data.views[view === undefined ? state.view : view];
      const [name, kind, , former, presence] = rows[row];
      const word = text(kind);
      const prefix = ["user", "service-account", "group"].includes(word) ? word + " " : "";
      return prefix + name + (former ? " (was " + former + ")" : "") + PRESENCE[presence];
    }
    function actionName(action) {
      const [name, , , flags] = data.actions[action];
      return name + PRESENCE[flags >> 1];
    }
    const VIEWS = ["Policies", "Principals", "Units"];
    const ONE = ["policy", "principal", "unit"];
    function tally(count, one, many) {
      return count.toLocaleString("en") + " " + (count === 1 ? one : many);
    }
    const state = { view: 0, lines: [], columns: [], closed: new Set(), line: 0, column: -1 };

    """#

  /// Which lines and columns there are.
  static let filters = #"""
    const lower = (value) => value.toLowerCase();
    const folded = data.actions.map(([name, title, groups], i) =>
      lower(services[serviceOf[i]].name + "." + name + " " + title + " " + text(groups)));
    function matches(view, row, words, kind) {
      const [name, word, title] = data.views[view][row];
      if (kind && String(word) !== kind) return false;
      if (!words) return true;
      return lower(heading(row, view) + " " + title).includes(words);
    }
    function filter() {
      const view = state.view, words = lower($("find").value.trim());
      const effect = Number($("effect").value), changed = $("changed").checked;
      const wanted = effect || (changed ? 16 : 0);
      const fits = (kind) => (!effect || kind & effect) && (!changed || kind & 16);
      const sought = lower($("findrow").value.trim());
      let columns = [];
      for (let row = 0; row < data.views[view].length; row++)
        if (matches(view, row, sought, $("kind").value)) columns.push(row);
      const used = new Uint8Array(data.views[view].length);
      const lines = [];
      let actionCount = 0;
      services.forEach((service, s) => {
        let shown = [];
        for (let a = service.start; a < service.start + service.count; a++) {
          if (words && !folded[a].includes(words)) continue;
          if ($("sensitive").checked && !(data.actions[a][3] & 1)) continue;
          shown.push(a);
        }
        if (!shown.length) return;
        if (wanted) {
          const distinct = new Map();
          for (const row of columns) {
            const page = pages(view, row)[s];
            if (!distinct.has(page)) distinct.set(page, false);
          }
          const kept = new Set();
          for (const page of distinct.keys()) {
            if (!fits(kinds(page))) continue;
            const all = cells(page);
            for (const a of shown) if (fits(kindOf[all[a - service.start]])) {
              kept.add(a);
              distinct.set(page, true);
            }
          }
          for (const row of columns) if (distinct.get(pages(view, row)[s])) used[row] = 1;
          shown = shown.filter((a) => kept.has(a));
          if (!shown.length) return;
        }
        actionCount += shown.length;
        lines.push(-1 - s);
        if (words || !state.closed.has(s)) for (const a of shown) lines.push(a);
      });
      if (wanted) columns = columns.filter((row) => used[row]);
      state.lines = lines;
      state.columns = columns;
      state.line = Math.max(Math.min(state.line, lines.length - 1), -1);
      state.column = Math.min(state.column, columns.length - 1);
      const n = (count) => count.toLocaleString("en");
      $("count").textContent = n(actionCount) + " of " + n(data.actions.length) + " actions, " +
        n(columns.length) + " of " + n(data.views[view].length) + " " + lower(VIEWS[view]);
      layout();
    }

    """#
}
