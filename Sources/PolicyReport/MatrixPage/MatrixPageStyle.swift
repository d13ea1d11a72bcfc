/// How the page looks, on screens and on paper.
///
/// The colours are of the palette of M. Okabe and K. Ito, "Color Universal Design", 2008, which
/// people tell apart however they see colours; symbols say the same without any.
enum MatrixPageStyle {
  static let text = #"""
    :root { color-scheme: light dark;
      --back: #fff; --text: #1c1f23; --faint: #5d646d; --line: #d5d9de; --band: #f2f4f6;
      --focus: #7a1fa2; --allow: #00456e; --allow-back: #d3e8f6; --deny: #8a3000;
      --deny-back: #fadccb; --some: #574500; --some-back: #fff0b8; --change: #7a1fa2; }
    @media (prefers-color-scheme: dark) { :root {
      --back: #14171a; --text: #e6e9ec; --faint: #a0a8b1; --line: #363c43; --band: #1f2428;
      --focus: #e3a9ff; --allow: #a9d8f7; --allow-back: #0d3a57; --deny: #ffbd9b;
      --deny-back: #542712; --some: #ffe28c; --some-back: #4a3e06; --change: #e3a9ff; } }
    * { box-sizing: border-box; }
    html, body { height: 100%; margin: 0; }
    body { display: flex; flex-direction: column; padding: 0.75rem 1rem; background: var(--back);
      color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus { left: 1rem; top: 0.25rem; background: var(--back); padding: 0.3rem; z-index: 9; }
    header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; }
    h1 { font-size: 1.25rem; margin: 0; } h1 span { font-weight: 400; color: var(--faint); }
    header p, #legend, #count { margin: 0.1rem 0; color: var(--faint); }
    #tools { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: center;
      margin: 0.5rem 0; }
    fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: 0.7rem; }
    legend { float: left; padding: 0; margin-right: 0.4rem; }
    input, select, button { font: inherit; color: inherit; background: var(--back);
      border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.4rem; }
    input[type=search] { width: 11.5rem; } select { max-width: 11rem; }
    button { cursor: pointer; background: var(--band); }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
    #legend span[class] { display: inline-block; min-width: 1.35rem; text-align: center;
      margin: 0 0.1rem 0 0.6rem; border-radius: 3px; }
    main { flex: 1; min-height: 16rem; display: flex; gap: 0.75rem; }
    #grid { flex: 1; min-width: 0; overflow: auto; position: relative;
      border: 1px solid var(--line); background: var(--back); }
    #canvas { position: relative; min-width: 100%; }
    .head { position: sticky; top: 0; z-index: 3; background: var(--band);
      border-bottom: 1px solid var(--line); }
    .row { position: absolute; left: 0; height: 26px; }
    .row.service { background: var(--band); font-weight: 600; }
    .name { position: sticky; left: 0; z-index: 2; height: 100%; background: var(--back);
      border-right: 1px solid var(--line); white-space: nowrap; overflow: hidden;
      text-overflow: ellipsis; padding: 0 0.5rem; line-height: 26px; }
    .service .name { background: var(--band); cursor: pointer; }
    .row:not(.service) .name { padding-left: 1.5rem; }
    .head .name { background: var(--band); z-index: 4; display: flex; align-items: end; }
    .col { position: absolute; bottom: 0; width: 30px; height: 100%; writing-mode: vertical-rl;
      transform: rotate(180deg); white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
      line-height: 30px; padding: 4px 0; }
    .cell { position: absolute; top: 0; width: 30px; height: 26px; line-height: 26px;
      text-align: center; border-left: 1px solid var(--line); border-top: 1px solid var(--line);
      cursor: default; }
    .k1, .k0 { color: var(--faint); }
    .k2 { color: var(--allow); background: var(--allow-back); }
    .k4 { color: var(--deny); background: var(--deny-back); }
    .k8 { color: var(--some); background: var(--some-back); }
    .k32 { color: var(--deny); background: var(--some-back); }
    .k16 { color: var(--faint); font-weight: 400; }
    .c { color: var(--change); font-weight: 700; }
    .cell .c { font-size: 12px; margin-left: 1px; vertical-align: 3px; line-height: 1; }
    .changed { box-shadow: inset 0 0 0 2px var(--change); }
    .s { color: var(--deny); font-weight: 700; }
    .row.active .name, .col.active { text-decoration: underline; }
    .cell:focus, .name:focus, .col:focus { outline: 3px solid var(--focus); outline-offset: -3px;
      z-index: 1; }
    .name:focus { z-index: 3; }
    [data-line][tabindex="0"]:not(:focus) { outline: 1px dashed var(--focus);
      outline-offset: -3px; }
    #details { width: 25rem; max-width: 40vw; overflow: auto; border: 1px solid var(--line);
      padding: 0.6rem 0.8rem; overflow-wrap: anywhere; }
    #details h2 { font-size: 1rem; margin: 0 0 0.2rem; } #details h3 { font-size: 0.9rem;
      margin: 0.9rem 0 0.2rem; }
    #details p { margin: 0.2rem 0; } #details ul { margin: 0; padding-left: 1.1rem; }
    #details li { margin: 0.45rem 0; } .place, .because { color: var(--faint); }
    #hint { color: var(--faint); }
    code { font: 0.92em/1.4 ui-monospace, monospace; }
    .verdict { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 4px;
      border: 1px solid var(--line); font-weight: 600; }
    @media (max-width: 60rem), (max-height: 32rem) { html, body { height: auto; } }
    @media (max-height: 32rem) { main { min-height: 26rem; height: 26rem; } }
    @media (max-width: 60rem) { main { flex-direction: column; height: auto; }
      #grid { flex: none; height: 26rem; }
      #details { width: auto; max-width: none; } }
    #paper { display: none; }

    """#

  static let print = #"""
    @media print {
      :root { color-scheme: light; --back: #fff; --text: #000; --faint: #444; --line: #888;
        --band: #eee; --allow: #00304d; --allow-back: #d3e8f6; --deny: #6b2500;
        --deny-back: #fadccb; --some: #3d3000; --some-back: #fff0b8; --change: #5b1580; }
      html, body { height: auto; } body { display: block; padding: 0; font-size: 9pt; }
      #tools, #grid, #details, .skip, main { display: none; }
      #paper { display: block; }
      #paper table { border-collapse: collapse; margin: 0 0 6mm; page-break-inside: auto; }
      #paper thead { display: table-header-group; } #paper tr { break-inside: avoid; }
      #paper th { font-weight: 400; text-align: left; padding: 0 1.5mm; white-space: nowrap; }
      #paper thead th { vertical-align: bottom; }
      #paper thead th span { writing-mode: vertical-rl; transform: rotate(180deg);
        max-height: 60mm; overflow: hidden; }
      #paper td { border: 0.2mm solid var(--line); text-align: center; width: 6mm;
        print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      #paper .service th { font-weight: 700; padding-top: 2mm; }
      #paper h2 { font-size: 11pt; break-after: avoid; } #paper li { break-inside: avoid; }
      #legend span[class] { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      @page { margin: 12mm; }
    }

    """#
}
