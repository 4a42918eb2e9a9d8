/** The page as a whole: head, contents at the side where there is room, the first screen. */
export const styleLayout = `
.page{display:grid;grid-template-columns:minmax(0,1fr);gap:0 3.5rem;max-width:78rem;margin:0 auto;padding:1.2rem 1rem 5rem}
.masthead{display:grid;grid-template-columns:1fr auto;align-items:center;gap:.5rem 1.5rem;margin-bottom:1.3rem}
.masthead h1{grid-column:1/-1;grid-row:2;max-width:34em}
.theme{grid-column:2;grid-row:1}
.eyebrow{font-size:.85rem;font-weight:600;color:var(--muted);margin:0}
.theme{display:inline-flex;border:1px solid var(--rule-strong);border-radius:6px;padding:0;margin:0;overflow:hidden}
.theme label{position:relative;cursor:pointer;font-size:.8rem}
.theme input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.theme span{display:block;padding:.2rem .65rem;color:var(--muted)}
.theme label+label span{border-left:1px solid var(--rule)}
.theme input:checked+span{background:var(--ink);color:var(--paper)}
.theme input:focus-visible+span{outline:3px solid var(--link);outline-offset:-3px}
.contents{font-size:.9rem;margin-bottom:1.6rem}
.contents ol{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem}
.contents a{display:inline-flex;align-items:center;gap:.45rem;color:inherit;text-decoration:none;padding:.22rem 0}
.contents a:hover{text-decoration:underline}
.contents .answered .icon{color:var(--good)}.contents .partly .icon{color:var(--part)}.contents .cannot-say .icon{color:var(--none)}
.contents .count{color:var(--muted)}
.tools{margin:.8rem 0 0}
button{font:inherit;color:inherit;background:none;border:1px solid var(--rule-strong);border-radius:6px;padding:.25rem .7rem;cursor:pointer}
button:hover{border-color:var(--ink)}
main>section{margin-bottom:3.6rem}
main>section:not(.overview){border-top:1px solid var(--rule-strong);padding-top:1.5rem}
main>section>h2,.question>header{margin-bottom:1.1rem}
@media (min-width:68rem){
.page{grid-template-columns:12rem minmax(0,1fr);padding:1.8rem 2.2rem 6rem}
.masthead{grid-column:1/-1;margin-bottom:1.6rem}
.contents{position:sticky;top:1.6rem;align-self:start;max-height:calc(100vh - 3.2rem);overflow:auto}
.contents ol{flex-direction:column;gap:.1rem}
}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.9rem;margin-bottom:1.3rem;font-size:.95rem}
.facts dt{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.facts dd{font-weight:600}
.facts dd span{font-weight:400;color:var(--muted)}
.lead-problem{background:var(--part-wash);border:1px solid var(--part);border-radius:10px;padding:1.05rem 1.3rem 1rem;margin-bottom:1.5rem}
.lead-problem.invalid{background:var(--bad-wash);border-color:var(--bad)}
.lead-problem.note{background:var(--sunk);border-color:var(--rule-strong)}
.lead-problem.none{background:var(--good-wash);border-color:var(--good)}
.lead-problem h3{font-size:.85rem;font-weight:600;color:var(--part);margin:0 0 .25rem}
.lead-problem.invalid h3{color:var(--bad)}.lead-problem.note h3{color:var(--muted)}.lead-problem.none h3{color:var(--good)}
.lead-text{font:500 clamp(1.1rem,1rem + .5vw,1.35rem)/1.4 var(--serif);max-width:60ch;margin-bottom:.45rem}
.lead-more{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font-size:.9rem;margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17.5rem),1fr));gap:1rem}
.card{display:flex;flex-direction:column;background:var(--surface);border:1px solid var(--rule);border-radius:10px;padding:.95rem 1.1rem 1rem}
.card p{margin:0}
.status{display:inline-flex;align-items:center;gap:.4rem;font-size:.85rem;font-weight:600;margin:0;color:var(--good)}
.partly>.status,.status.partly{color:var(--part)}
.cannot-say>.status,.status.cannot-say{color:var(--none)}
.card h4{font:600 1.18rem/1.25 var(--serif);margin:.3rem 0 0}
.card h4 a{color:inherit;text-decoration:none}
.card h4 a:hover{text-decoration:underline}
.ordinal{color:var(--muted);font-weight:400;margin-right:.1em}
.asks{font-size:.85rem;color:var(--muted)}
.card .answer{margin:.55rem 0 .8rem;line-height:1.45}
.key-number{margin-top:auto!important;padding-top:.65rem;border-top:1px solid var(--rule);font-size:.86rem;line-height:1.4;color:var(--muted)}
.key-number strong{display:block;font:600 1.5rem/1.2 var(--serif);font-variant-numeric:tabular-nums lining-nums;color:var(--ink)}
.key-number .of{display:block;overflow-wrap:anywhere}
.card-problems{padding-top:.5rem;font-size:.85rem;font-weight:600;color:var(--part)}
.card-problems.invalid{color:var(--bad)}
.card:not(:has(.key-number)) .card-problems{margin-top:auto}
`
