/**
 * The page's only script, and nothing on it depends on it: sorting tables, opening all details at once, and showing
 * a detail that a link points into. It stores nothing and asks nobody.
 */
export const pageScript = `
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  for (const element of all('[data-needs-script]')) element.hidden = false;

  const button = document.querySelector('[data-expand]');
  button?.addEventListener('click', () => {
    const open = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(open));
    button.textContent = open ? 'Close all details' : 'Open all details';
    for (const details of all('main details')) details.open = open;
  });

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('main details:not([open]):not(.figure-data)');
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
  };
  addEventListener('hashchange', reveal);
  reveal();

  const valueOf = (cell) => {
    if (cell === undefined) return null;
    const value = cell.dataset.value;
    if (value !== undefined) return value === 'null' || value === '' ? null : Number(value);
    return cell.textContent.trim().toLowerCase();
  };
  const compare = (a, b) =>
    a === null || b === null ? (a === null) - (b === null) : a < b ? -1 : a > b ? 1 : 0;

  for (const table of all('table[data-sortable]')) {
    const grouped = table.classList.contains('evidence');
    const units = () => (grouped ? [...table.tBodies] : [...(table.tBodies[0]?.rows ?? [])]);
    if (units().length < 3) continue;
    const heads = [...table.tHead.rows[0].cells];
    for (const [column, head] of heads.entries()) {
      if (grouped && head.textContent === 'Interval') continue;
      const sort = document.createElement('button');
      sort.type = 'button';
      sort.className = 'sort';
      sort.textContent = head.textContent;
      head.replaceChildren(sort);
      sort.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const cellOf = (unit) => (grouped ? unit.rows[0] : unit).cells[column];
        const keyed = units().map((unit) => ({ unit, value: valueOf(cellOf(unit)) }));
        keyed.sort((a, b) => (a.value === null || b.value === null ? compare(a.value, b.value) : compare(a.value, b.value) * (down ? -1 : 1)));
        const parent = keyed[0].unit.parentElement;
        for (const { unit } of keyed) parent.append(unit);
      });
    }
  }
})();
`
