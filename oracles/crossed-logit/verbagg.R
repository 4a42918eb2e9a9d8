# R 4.2.2 with lme4 1.1-31. Run: Rscript verbagg.R
library(lme4)
print(summary(glmer(r2 ~ 1 + (1 | id) + (1 | item), VerbAgg, binomial)))
print(summary(glmer(r2 ~ Anger + Gender + btype + situ + (1 | id) + (1 | item), VerbAgg, binomial)))
