/*  The step `next` below is xoshiro128** 1.1, written in 2018 by David Blackman and Sebastiano Vigna
    (https://prng.di.unimi.it/xoshiro128starstar.c), who dedicated it to the public domain:
    http://creativecommons.org/publicdomain/zero/1.0/

    Prints the reference vectors of src/random as JSON.
    gcc -O1 -Wall -o xoshiro xoshiro128starstar.c && ./xoshiro > xoshiro128starstar.json */
#include <stdint.h>
#include <stdio.h>

static inline uint32_t rotl(const uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

static uint32_t s[4];

static uint32_t next(void) {
  const uint32_t result = rotl(s[1] * 5, 7) * 9;
  const uint32_t t = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotl(s[3], 11);
  return result;
}

int main(void) {
  static const uint32_t states[3][4] = {
      {1, 2, 3, 4}, {0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef}, {0, 0, 0, 0x80000000}};
  printf("{\n  \"source\": \"xoshiro128** 1.1 (Blackman and Vigna, public domain), oracles/random/xoshiro128starstar.c\",\n");
  printf("  \"streams\": [\n");
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 4; j++) s[j] = states[i][j];
    printf("    {\"state\": [%u, %u, %u, %u], \"first\": [", s[0], s[1], s[2], s[3]);
    for (int j = 0; j < 20; j++) printf("%s%u", j ? ", " : "", next());
    uint32_t folded = 0;
    for (int j = 0; j < 1000000; j++) folded = (folded << 1 | folded >> 31) ^ next();
    printf("], \"foldedNextMillion\": %u}%s\n", folded, i < 2 ? "," : "");
  }
  printf("  ]\n}\n");
  return 0;
}
