extension MatrixPageScript {
  /// The grid: only the lines and columns in sight, and the chosen cell, are elements.
  static let grid = #"""
    const ROW = 26, COLUMN = 30, MARGIN = 8;
    const grid = $("grid");
    let canvas, head, headHeight = 120, nameWidth = 200, drawn = new Map(), drawnColumns = "";
    function element(kind, className, content) {
      const made = document.createElement(kind);
      if (className) made.className = className;
      if (content !== undefined) made.textContent = content;
      return made;
    }
    function widest(texts, least, most, font) {
      const pen = element("canvas").getContext("2d");
      pen.font = font;
      // Those of most letters are not quite those of most width.
      const long = [...new Set(texts)].sort((a, b) => b.length - a.length).slice(0, 60);
      const widths = long.map((candidate) => pen.measureText(candidate).width);
      return Math.ceil(Math.max(least, Math.min(most, Math.max(0, ...widths))));
    }
    /// Everything anew, after the lines or columns have changed.
    function layout() {
      const narrow = innerWidth < 960;
      nameWidth = widest(data.actions.map((a, i) => actionName(i) + "  !")
        .concat(services.map((s) => "▾ " + s.name)), 120, narrow ? 150 : 340,
        "600 14px system-ui, sans-serif") + 34;
      headHeight = widest(state.columns.map((row) => heading(row)), 60, narrow ? 140 : 230,
        "14px system-ui, sans-serif") + 16;
      grid.textContent = "";
      canvas = element("div");
      canvas.id = "canvas";
      canvas.setAttribute("role", "presentation");
      const width = nameWidth + state.columns.length * COLUMN;
      canvas.style.width = width + "px";
      canvas.style.height = headHeight + state.lines.length * ROW + 2 + "px";
      head = element("div", "head");
      head.setAttribute("role", "row");
      head.setAttribute("aria-rowindex", "1");
      head.style.cssText = "height:" + headHeight + "px;width:" + width + "px";
      canvas.append(head);
      grid.append(canvas);
      grid.setAttribute("aria-rowcount", state.lines.length + 1);
      grid.setAttribute("aria-colcount", state.columns.length + 1);
      drawn = new Map();
      drawnColumns = "";
      draw();
    }
    function draw() {
      const top = Math.max(0, Math.floor(grid.scrollTop / ROW) - MARGIN);
      const bottom = Math.ceil((grid.scrollTop + grid.clientHeight) / ROW) + MARGIN;
      const left = Math.max(0, Math.floor(grid.scrollLeft / COLUMN) - MARGIN);
      const right = Math.ceil((grid.scrollLeft + grid.clientWidth - nameWidth) / COLUMN) + MARGIN;
      const columns = [];
      for (let c = left; c < Math.min(right, state.columns.length); c++) columns.push(c);
      if (state.column >= 0 && !columns.includes(state.column)) columns.push(state.column);
      columns.sort((a, b) => a - b);
      const key = columns.join();
      const hadFocus = grid.contains(document.activeElement);
      if (key !== drawnColumns) {
        drawnColumns = key;
        for (const row of drawn.values()) row.remove();
        drawn = new Map();
        drawHead(columns);
      }
      const needed = new Set();
      for (let l = top; l < Math.min(bottom, state.lines.length); l++) needed.add(l);
      if (state.line >= 0 && state.line < state.lines.length) needed.add(state.line);
      for (const [l, row] of drawn) if (!needed.has(l)) {
        row.remove();
        drawn.delete(l);
      }
      for (const l of [...needed].sort((a, b) => a - b)) if (!drawn.has(l)) {
        const row = drawLine(l, columns);
        drawn.set(l, row);
        canvas.append(row);
      }
      mark();
      if (hadFocus && !grid.contains(document.activeElement)) {
        const cell = chosen();
        if (cell) cell.focus({ preventScroll: true });
      }
    }
    function place(made, role, line, column) {
      made.setAttribute("role", role);
      made.setAttribute("aria-colindex", column + 2);
      made.dataset.line = line;
      made.dataset.column = column;
      made.tabIndex = -1;
      return made;
    }
    function drawHead(columns) {
      head.textContent = "";
      const corner = place(element("div", "name", "action"), "columnheader", -1, -1);
      corner.style.width = nameWidth + "px";
      head.append(corner);
      for (const c of columns) {
        const row = data.views[state.view][state.columns[c]];
        const made = place(element("div", "col", heading(state.columns[c])), "columnheader", -1, c);
        made.title = heading(state.columns[c]) + (row[2] ? ": " + row[2] : "");
        made.style.left = nameWidth + c * COLUMN + "px";
        head.append(made);
      }
    }
    function drawLine(l, columns) {
      const what = state.lines[l], isService = what < 0;
      const row = element("div", isService ? "row service" : "row");
      row.setAttribute("role", "row");
      row.setAttribute("aria-rowindex", l + 2);
      row.style.cssText = "top:" + (headHeight + l * ROW) + "px;width:" +
        (nameWidth + state.columns.length * COLUMN) + "px";
      const name = place(element("div", "name"), "rowheader", l, -1);
      name.style.width = nameWidth + "px";
      if (isService) {
        const service = services[-1 - what];
        const isOpen = l + 1 < state.lines.length && state.lines[l + 1] >= 0;
        name.textContent = (isOpen ? "▾ " : "▸ ") + service.name;
        name.title = service.title;
        name.setAttribute("aria-expanded", String(isOpen));
      } else {
        const [, title, groups, flags] = data.actions[what];
        name.textContent = actionName(what);
        if (flags & 1) name.append(element("span", "s", " !"));
        name.title = [text(groups), title, flags & 1 ? "sensitive" : ""].filter(Boolean).join(": ");
      }
      row.append(name);
      for (const c of columns) row.append(drawCell(l, c));
      return row;
    }
    /// What a cell shows: its kind, and its position in the data unless it stands for a service.
    function look(l, c) {
      const what = state.lines[l], row = state.columns[c];
      if (what >= 0) {
        const cell = cellAt(row, what);
        return { kind: kindOf[cell] & KINDS, isChanged: (kindOf[cell] & 16) > 0, cell };
      }
      const kind = kinds(pages(state.view, row)[-1 - what]), own = kind & KINDS;
      return { kind: own & (own - 1) ? 16 : own, isChanged: (kind & 16) > 0 };
    }
    function drawCell(l, c) {
      const { kind, isChanged, cell } = look(l, c);
      const made = place(element("div", "cell k" + kind, SYMBOL[kind]), "gridcell", l, c);
      made.style.left = nameWidth + c * COLUMN + "px";
      const sign = cell === undefined ? "" : SIGN[data.cells[cell][5] || 0];
      if (isChanged) {
        made.classList.add("changed");
        if (sign) made.append(element("span", "c", sign));
      }
      const what = state.lines[l];
      const action = what < 0 ? services[-1 - what].name
        : services[serviceOf[what]].name + "." + actionName(what);
      const change = cell === undefined ? "" : CHANGE[data.cells[cell][5] || 0];
      made.setAttribute("aria-label", heading(state.columns[c]) + ", " + action + ": " +
        WORD[kind] + (isChanged ? ", " + (change || "changes") : ""));
      return made;
    }
    function chosen() {
      return grid.querySelector('[data-line="' + state.line + '"][data-column="' +
        state.column + '"]');
    }
    function mark() {
      for (const old of grid.querySelectorAll(".active")) old.classList.remove("active");
      for (const old of grid.querySelectorAll('[tabindex="0"]')) old.tabIndex = -1;
      const cell = chosen();
      if (!cell) return;
      cell.tabIndex = 0;
      cell.parentElement.classList.add("active");
      const column = head.querySelector('[data-column="' + state.column + '"]');
      if (column) column.classList.add("active");
    }
    let isWaiting = false;
    grid.addEventListener("scroll", () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => { isWaiting = false; draw(); });
    }, { passive: true });

    """#
}
