/** Sections: findings, drawings, tables of numbers that open, problems. */
export const styleParts = `
.analysis{margin-top:2.3rem}
.question header+.analysis{margin-top:0}
.findings{margin-bottom:1.1rem}
.findings .lead{font:500 1.16rem/1.45 var(--serif);max-width:64ch}
.missing{background:var(--none-wash);border:1px dashed var(--none);border-radius:8px;padding:.9rem 1.1rem .25rem;margin-bottom:.8rem}
.figure{margin:1.4rem 0;container-type:inline-size}
.figure figcaption{margin-bottom:.6rem;max-width:70ch;font-size:.93rem}
.figure figcaption b{font-weight:650}
.figure figcaption span{color:var(--muted)}
.drawing{background:var(--surface);border:1px solid var(--rule);border-radius:8px;padding:.8rem}
.drawing svg{display:block;width:100%;height:auto;max-width:880px;font-family:var(--sans);color:var(--ink);overflow:visible}
.only-narrow{display:none}
.drawing.scroll svg{min-width:640px}
@container (max-width:680px){.only-wide{display:none}.only-narrow{display:block}.only-narrow svg{max-width:480px}.drawing{padding:.5rem .2rem}}
.scroll{overflow-x:auto;max-width:100%}
.figure-data,.about,.rest{font-size:.9rem;margin-top:.5rem}
.rest table{font-size:1em}
.rest>summary,.figure-data>summary,.about>summary,.run>summary,.problems details>summary{color:var(--muted);padding:.15rem 0;width:fit-content}
.about{margin-top:1rem}
table{border-collapse:collapse;font-size:.9rem;line-height:1.4;min-width:min(100%,30rem)}
caption{text-align:left;font-weight:650;padding:.2rem 0 .45rem;font-size:.93rem}
th,td{text-align:left;vertical-align:baseline;padding:.38rem .9rem .38rem 0;font-weight:400}
th:last-child,td:last-child{padding-right:.2rem}
thead th{font-size:.82rem;font-weight:600;color:var(--muted);border-bottom:1px solid var(--rule-strong);vertical-align:bottom}
tbody tr{border-bottom:1px solid var(--rule)}
.number{text-align:right;white-space:nowrap}
.data{margin:.6rem 0}
.data td,.data th{max-width:28rem;overflow-wrap:anywhere}
.data .long{min-width:12rem}
.data .short{white-space:nowrap}
.data thead th{white-space:normal;overflow-wrap:normal}
.wide-table{width:100%;table-layout:fixed}
.wide-table thead th:first-child{width:30%}.wide-table thead .number{width:13%}
.wide-table th[scope=row]{padding-left:1rem;overflow-wrap:anywhere}
.wide-table small{font-weight:400;color:var(--muted);font-size:.85rem}
.wide-table small{display:block}
.tally{margin:0 0 .9rem;font-size:.93rem;color:var(--muted)}
.tally li{padding:.1rem 0}
.run-figures{border-top:1px solid var(--rule);padding:.35rem 0}
.run-figures>summary{overflow-wrap:anywhere}
.run-figures>summary small{color:var(--muted)}
.run-figures table{margin:.3rem 0 .6rem}
.counts{display:inline-flex;flex-wrap:wrap;gap:0 .9rem;font-size:.9rem;font-weight:600;margin-left:.4rem}
.counts .match{color:var(--good)}.counts .differs{color:var(--bad)}.counts .cannot{color:var(--none)}
.verdict{display:inline-flex;gap:.4rem;align-items:center;font-weight:600;white-space:nowrap}
.match .verdict{color:var(--good)}.differs .verdict{color:var(--bad)}.cannot .verdict{color:var(--none)}
.differs .number{font-weight:650}
.evidence-box{margin:1.4rem 0 .6rem}
.evidence{width:100%}
.evidence .headline{border-bottom:0}
.evidence .headline th{font-weight:500;overflow-wrap:anywhere;min-width:8.5rem}
.evidence .headline td:nth-child(2){font-weight:650}
.evidence .how td{padding:0 .2rem .45rem 0}
.how summary{font-size:.84rem;color:var(--muted);overflow-wrap:anywhere}
.not-estimable td{color:var(--none);font-weight:600}
.badge{display:inline-block;border:1px solid currentColor;border-radius:4px;padding:0 .4em;font-size:.95em;font-weight:600;color:var(--muted)}
.badge.guarantee{color:var(--good)}.badge.asymptotic,.badge.model-based{color:var(--link)}.badge.forecast,.badge.lower-bound-only{color:var(--part)}
.detail{display:grid;gap:.15rem 1.2rem;background:var(--sunk);border-radius:8px;padding:.8rem 1rem;margin:.4rem 0 .6rem;font-size:.9rem}
.detail>div{display:grid;grid-template-columns:minmax(0,1fr)}
.detail dt{color:var(--muted)}
.detail dd{min-width:0;overflow-wrap:anywhere;max-width:75ch}
.detail ul:not(.problems) li{padding-left:1em;text-indent:-1em}
.detail ul:not(.problems) li::before{content:"·";display:inline-block;width:1em;text-indent:0}
@media (min-width:44rem){.detail>div{grid-template-columns:10.5rem minmax(0,1fr);gap:1rem}}
.problem{padding:.65rem 0;border-top:1px solid var(--rule)}
.detail .problem:first-child{border-top:0;padding-top:0}
.problem p{margin:0 0 .2rem}
.problem .fix,.problem .where{font-size:.9rem}
.where{color:var(--muted)}
.severity{white-space:nowrap;font-weight:600;font-size:.88rem;color:var(--part);margin-right:.35rem}
.invalid>p>.severity,.invalid>.lead-more>.severity{color:var(--bad)}
.note>p>.severity,.note>.lead-more>.severity{color:var(--muted)}
.ranked{counter-reset:rank}
.ranked>.problem{counter-increment:rank;position:relative;padding-left:2.4rem}
.ranked>.problem::before{content:counter(rank);position:absolute;left:0;font:500 1.25rem/1.3 var(--serif);color:var(--muted)}
.more{font-size:.9rem;padding-left:1rem}
.more li,.files li{padding:.15rem 0}
.provenance{margin-bottom:1.2rem}
.run{border-top:1px solid var(--rule);padding:.3rem 0}
.run>summary{color:inherit;overflow-wrap:anywhere}
#inputs h3{margin-top:1.8rem}
.sort{position:relative;font:inherit;border:0;padding:0;color:inherit;text-align:inherit}
.sort::after{position:absolute;left:100%;padding-left:.15em}
th[aria-sort=ascending] .sort::after{content:"↑"}
th[aria-sort=descending] .sort::after{content:"↓"}
.colophon{grid-column:1/-1;font-size:.85rem;color:var(--muted);border-top:1px solid var(--rule);padding-top:1rem}
@media (max-width:34rem){
.evidence thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
.evidence,.evidence tbody,.evidence caption,.wide-table caption{display:block}
.evidence tr,.evidence td,.evidence th{display:block;padding:.1rem 0;text-align:left;white-space:normal}
.evidence tbody{border-bottom:1px solid var(--rule);padding:.4rem 0}
.evidence tr{border:0}
.evidence .headline{display:flex;flex-wrap:wrap;gap:0 .8rem}
.evidence .headline th{flex:1 1 100%}
.evidence .headline td:nth-child(4)::before{content:"n = "}
.wide-table thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
.wide-table,.wide-table tbody{display:block}
.wide-table tr,.wide-table th{display:block}
.wide-table td{display:inline-block;padding:.1rem .9rem .1rem 1rem;white-space:normal;text-align:left}
.wide-table td:nth-child(2)::before{content:"said "}
.wide-table td:nth-child(3)::before{content:"found "}
.wide-table td::before{color:var(--muted);font-weight:400}
}
`
