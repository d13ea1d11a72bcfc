/// The body of the page, before its data.
enum MatrixPageMarkup {
  static let text = #"""
    <a class="skip" href="#grid">Skip to the matrix</a>
    <header>
      <h1>Access matrix <span id="name"></span></h1>
      <p id="sizes"></p>
      <noscript><p><strong>This page shows its data by a script in it.</strong></p></noscript>
    </header>
    <form id="tools" onsubmit="return false" aria-label="View and filters">
      <fieldset class="views"><legend>Show</legend>
        <label><input type="radio" name="view" value="0" checked> policies</label>
        <label><input type="radio" name="view" value="1"> principals</label>
        <label><input type="radio" name="view" value="2"> units</label>
      </fieldset>
      <label>Actions <input id="find" type="search" placeholder="name, title or group"></label>
      <label><span id="who">Policies</span>
        <input id="findrow" type="search" placeholder="name or title"></label>
      <label>Kind <select id="kind"></select></label>
      <label>Effect <select id="effect">
        <option value="0">any</option><option value="2">✓ allowed</option>
        <option value="4">✗ denied</option><option value="8">◐ allowed on conditions</option>
        <option value="32">⊖ denied on conditions</option>
        <option value="1">· nothing</option></select></label>
      <label><input id="sensitive" type="checkbox"> sensitive only</label>
      <label id="changedbox"><input id="changed" type="checkbox"> changed only</label>
      <span class="buttons"><button type="button" id="collapse">Collapse all</button>
        <button type="button" id="expand">Expand all</button>
        <button type="button" id="reset">Clear filters</button></span>
    </form>
    <p id="legend"><span class="k2">✓</span> allowed <span class="k4">✗</span> denied
      <span class="k8">◐</span> allowed on conditions <span class="k32">⊖</span> denied on
      conditions <span class="k1">·</span> nothing
      <span class="k16">≠</span> differs within the service <span class="s">!</span> sensitive
      <span id="changes"><span class="c">+</span> widened <span class="c">−</span> narrowed
      <span class="c">±</span> re-conditioned</span></p>
    <p id="count" role="status" aria-live="polite"></p>
    <main>
      <div id="grid" role="grid" aria-label="Access matrix" aria-describedby="hint"></div>
      <aside id="details" tabindex="-1" aria-label="The chosen cell"><p id="hint">Choose a cell by
        a click or the arrow keys: what decides it is shown here. Enter comes here, Escape goes
        back; Enter on a service opens or closes it.</p><div id="what"></div></aside>
    </main>
    <section id="paper" aria-hidden="true"></section>

    """#
}
