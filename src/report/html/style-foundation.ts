/** Colours, type and rhythm. Every colour is a pair, light and dark; one switch changes them all. */
export const styleFoundation = `
:root{color-scheme:light dark;
--paper:light-dark(#faf9f6,#131517);--surface:light-dark(#fff,#1a1d20);--sunk:light-dark(#f3f1ec,#202428);
--ink:light-dark(#1b1d21,#e9e7e2);--muted:light-dark(#565b63,#a9aeb5);--rule:light-dark(#e2dfd7,#30353b);--rule-strong:light-dark(#bdb8ac,#4d545c);
--link:light-dark(#174f6e,#8cc6e6);--good:light-dark(#23613f,#86d0a5);--part:light-dark(#7f5200,#e6ba69);--none:light-dark(#574f73,#b9b0d8);--bad:light-dark(#a3211b,#ff9688);
--good-wash:light-dark(#eaf3ec,#18261e);--part-wash:light-dark(#faf1de,#2a2315);--none-wash:light-dark(#f0eef6,#22202c);--bad-wash:light-dark(#fbebe8,#2e1a18);
--grid:light-dark(#e6e3dc,#2c3136);--mark:light-dark(#1d5a7a,#7db9d8);--alert:light-dark(#b3261e,#ff8a7a);
--band:light-dark(#f4e7c3,#40361f);--band-edge:light-dark(#a8842b,#c9a54a);--band-ink:light-dark(#6a4f0d,#e6ca7c);--hatch:light-dark(#b3afa5,#5c636b);
--c1:light-dark(#1d5a7a,#7db9d8);--c2:light-dark(#a8481a,#f0a06a);--c3:light-dark(#2c6a47,#7fc8a0);--c4:light-dark(#77397a,#d79fd9);--c5:light-dark(#7d6200,#d8bd5a);--c6:light-dark(#8c2f4f,#f08fb0);--c7:light-dark(#3f4fa3,#a5b2f5);--c8:light-dark(#4f5660,#b8bec6);
--h-low:light-dark(#f1ede3,#2b3036);--h-high:light-dark(#0f3f5e,#a8dcf7);--h-ink-low:light-dark(#1b1d21,#e9e7e2);--h-ink-high:light-dark(#fff,#0d1114);
${Array.from({ length: 10 }, (_, shade) => `--h${shade}:color-mix(in oklab,var(--h-high) ${Math.round((shade * 100) / 9)}%,var(--h-low));`).join('')}
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Source Serif 4","Noto Serif",Georgia,serif;
--mono:ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
:root:has(#theme-light:checked){color-scheme:light}
:root:has(#theme-dark:checked){color-scheme:dark}
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 var(--sans);font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
h1,h2{font-family:var(--serif);font-weight:600;line-height:1.2;letter-spacing:-.012em;text-wrap:balance;margin:0}
h1{font-size:clamp(1.55rem,1.2rem + 1.5vw,2.25rem)}
h2{font-size:clamp(1.4rem,1.2rem + .8vw,1.8rem)}
h2 small{display:block;font:400 1rem/1.5 var(--sans);letter-spacing:0;color:var(--muted);margin-top:.2rem}
h3{font-size:1.15rem;font-weight:650;line-height:1.3;letter-spacing:-.005em;margin:0 0 .5rem;text-wrap:balance}
h4{font-size:.95rem;font-weight:650;margin:1.5rem 0 .4rem}
p{margin:0 0 .7rem;max-width:68ch}
ul,ol{margin:0;padding:0;list-style:none}
dl,dd{margin:0}
a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.18em}
a:hover{text-decoration-thickness:.12em}
code{font:.86em/1.5 var(--mono);overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
summary{cursor:pointer}
summary::marker{color:var(--muted)}
.visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
.icon{flex:none;width:1.05em;height:1.05em;vertical-align:-.16em;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.lead{font-size:1.06rem}
.path{font:.86em/1.5 var(--mono);color:var(--muted);overflow-wrap:anywhere}
.hash{color:var(--muted)}
.fix{color:var(--muted)}
.fix b{color:var(--ink);font-weight:600}
.left-out{font-size:.85rem;color:var(--muted);margin:.35rem 0 .8rem}
.skip{position:absolute;left:-99rem;top:.5rem;background:var(--surface);padding:.5rem 1rem;z-index:3}
.skip:focus{left:.5rem}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`
