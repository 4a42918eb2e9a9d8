/** On paper: light, everything of substance open, nothing sticky, no torn tables. */
export const stylePrint = `
@media print{
:root,:root:has(#theme-dark:checked){color-scheme:light}
@page{margin:16mm 14mm}
html{font-size:9.5pt}
body{background:none;line-height:1.4}
.page{display:block;max-width:none;padding:0}
.contents,.theme,.skip,.sort::after{display:none}
main>section{break-before:auto;margin-bottom:1.5rem}
.question{break-before:page}
h2,h3,h4,caption,figcaption{break-after:avoid}
.card,.lead-problem,.drawing,.problem,tbody tr,.missing{break-inside:avoid}
.cards{grid-template-columns:repeat(2,1fr)}
thead{display:table-header-group}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.figure-data,.how summary::marker{display:none}
.only-wide{display:block!important}.only-narrow{display:none!important}
.drawing.scroll svg{min-width:0}
.scroll{overflow:visible}
.detail{background:none;border:1px solid var(--rule)}
.detail>div{grid-template-columns:10rem minmax(0,1fr);gap:1rem}
a{color:inherit;text-decoration:none}
}
@media (forced-colors:active){.status,.badge,.severity,.verdict{forced-color-adjust:none;color:CanvasText}}
`
