extension MatrixPageScript {
  /// The keyboard and the mouse: one cell can be reached by Tab, the others by arrows
  /// (WAI-ARIA Authoring Practices, "Grid").
  static let keys = #"""
    function reveal() {
      const top = state.line * ROW, left = state.column * COLUMN;
      const height = grid.clientHeight - headHeight, width = grid.clientWidth - nameWidth;
      if (state.line >= 0) {
        if (top < grid.scrollTop) grid.scrollTop = top;
        if (top + ROW > grid.scrollTop + height) grid.scrollTop = top + ROW - height;
      }
      if (state.column >= 0) {
        if (left < grid.scrollLeft) grid.scrollLeft = left;
        if (left + COLUMN > grid.scrollLeft + width) grid.scrollLeft = left + COLUMN - width;
      }
    }
    function choose(line, column) {
      state.line = Math.max(-1, Math.min(line, state.lines.length - 1));
      state.column = Math.max(-1, Math.min(column, state.columns.length - 1));
      reveal();
      draw();
      const cell = chosen();
      if (cell) cell.focus({ preventScroll: true });
      tell();
    }
    function toggle(line) {
      const what = state.lines[line];
      if (what === undefined || what >= 0) return;
      const service = -1 - what;
      if (!state.closed.delete(service)) state.closed.add(service);
      const column = state.column, top = grid.scrollTop, left = grid.scrollLeft;
      filter();
      grid.scrollTop = top;
      grid.scrollLeft = left;
      choose(state.lines.indexOf(what), column);
    }
    grid.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-line]");
      if (!cell) return;
      const line = Number(cell.dataset.line), column = Number(cell.dataset.column);
      state.line = line;
      state.column = column;
      if (column < 0 && line >= 0 && state.lines[line] < 0) toggle(line);
      else choose(line, column);
    });
    grid.addEventListener("keydown", (event) => {
      const page = Math.max(1, Math.floor((grid.clientHeight - headHeight) / ROW) - 1);
      const { line, column } = state, far = event.ctrlKey || event.metaKey;
      const moves = {
        ArrowUp: [line - 1, column], ArrowDown: [line + 1, column],
        ArrowLeft: [line, column - 1], ArrowRight: [line, column + 1],
        PageUp: [Math.max(0, line - page), column], PageDown: [line + page, column],
        Home: [far ? 0 : line, -1], End: [far ? Infinity : line, Infinity],
      };
      const move = moves[event.key];
      if (move) choose(...move);
      else if (event.key === "Enter" || event.key === " ") {
        if (line >= 0 && state.lines[line] < 0) toggle(line);
        else $("details").focus();
      } else return;
      event.preventDefault();
    });
    grid.addEventListener("focusin", (event) => {
      const cell = event.target.closest("[data-line]");
      if (!cell) return;
      const line = Number(cell.dataset.line), column = Number(cell.dataset.column);
      if (line === state.line && column === state.column) return;
      state.line = line;
      state.column = column;
      mark();
      tell();
    });
    $("details").addEventListener("keydown", (event) => {
      if (event.key === "Escape") choose(state.line, state.column);
    });
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      choose(state.line, state.column);
    });

    """#

  /// What happens when the page opens.
  static let start = #"""
    function fillKinds() {
      const present = [...new Set(data.views[state.view].map((row) => row[1]))];
      $("kind").textContent = "";
      $("kind").append(new Option("any", ""));
      for (const kind of present) $("kind").append(new Option(text(kind), kind));
      $("who").textContent = VIEWS[state.view];
    }
    function show(view) {
      state.view = view;
      state.column = -1;
      state.line = 0;
      $("findrow").value = "";
      fillKinds();
      filter();
      tell();
    }
    for (const radio of document.querySelectorAll("input[name=view]"))
      radio.addEventListener("change", () => show(Number(radio.value)));
    let typing = 0;
    for (const id of ["find", "findrow"]) $(id).addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(filter, data.actions.length > 2000 ? 120 : 0);
    });
    for (const id of ["kind", "effect", "sensitive", "changed"])
      $(id).addEventListener("change", filter);
    $("collapse").addEventListener("click", () => {
      services.forEach((_, s) => state.closed.add(s));
      filter();
    });
    $("expand").addEventListener("click", () => { state.closed.clear(); filter(); });
    $("reset").addEventListener("click", () => {
      $("find").value = $("findrow").value = $("kind").value = "";
      $("effect").value = "0";
      $("sensitive").checked = $("changed").checked = false;
      filter();
    });
    $("name").textContent = data.against === null ? data.of : data.of + " against " + data.against;
    $("sizes").textContent = VIEWS.map((name, i) =>
      tally(data.views[i].length, ONE[i], lower(name))).join(", ") + " × " +
      tally(data.actions.length, "action", "actions");
    $("changedbox").hidden = $("changes").hidden = data.against === null;
    // Beyond some hundred actions, what one wants to see first are the services.
    if (data.actions.length > 500) services.forEach((_, s) => state.closed.add(s));
    addEventListener("resize", layout);
    show(0);

    """#
}
