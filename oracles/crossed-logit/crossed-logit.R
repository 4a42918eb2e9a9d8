# R 4.2.2 with lme4 and glmmTMB. Run: Rscript crossed-logit.R crossed50k.csv
# crossed50k.csv has the columns item, prompt, model, y of the design that crossed-logit.test.ts regenerates.
library(lme4)
print(summary(glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, binomial)))
d <- read.csv(commandArgs(TRUE)[1])
for (column in c("item", "prompt", "model")) d[[column]] <- factor(d[[column]])
print(summary(glmer(y ~ model + (1 | item) + (1 | prompt), d, binomial)))
print(summary(glmer(y ~ model + (1 | item) + (1 | prompt) + (1 | item:model), d, binomial)))
print(summary(glmmTMB::glmmTMB(y ~ model + (1 | item) + (1 | prompt), d, family = binomial)))
