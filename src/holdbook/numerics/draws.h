/* threefry.py and draws.py. Two halves of the lanes go side by side, so that a processor need not wait for either. */

typedef uint32_t Words[LANES];
enum { HALF = LANES / 2 };

INLINE uint32_t turned(uint32_t x, int by) { return x << by | x >> (32 - by); }
#define MIX(x, y, by) x += y; y = turned(y, by) ^ x
#define EVEN(by, other) MIX(a0, a1, by); MIX(b0, b1, by); MIX(a2, a3, other); MIX(b2, b3, other)
#define ODD(by, other) MIX(a0, a3, by); MIX(b0, b3, by); MIX(a2, a1, other); MIX(b2, b1, other)
#define EARLY EVEN(10, 26); ODD(11, 21); EVEN(13, 27); ODD(23, 5)
#define LATE EVEN(6, 20); ODD(17, 11); EVEN(25, 10); ODD(18, 20)
#define KEY(w, x, y, z) a0 += w; b0 += w; a1 += x; b1 += x; a2 += y; b2 += y; a3 += z; b3 += z

INLINE void words(const Block *b, uint32_t step, uint32_t stream, uint64_t seed, Words out[4]) {
    const uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32), k4 = 0x1BD11BDAu ^ k0 ^ k1; /* the other two words are nothing */
    const uint32_t *restrict low = b->low, *restrict high = b->high;
    uint32_t *restrict o0 = out[0], *restrict o1 = out[1], *restrict o2 = out[2], *restrict o3 = out[3];
    for (int j = 0; j < HALF; j++) {
        uint32_t a0 = low[j], a1 = high[j], a2 = step, a3 = stream, b0 = low[j + HALF], b1 = high[j + HALF], b2 = step, b3 = stream;
        KEY(k0, k1, 0, 0); EARLY;
        KEY(k1, 0, 0, k4 + 1); LATE;
        KEY(0, 0, k4, k0 + 2); EARLY;
        KEY(0, k4, k0, k1 + 3); LATE;
        KEY(k4, k0, k1, 4); EARLY;
        KEY(k0, k1, 0, 5);
        o0[j] = a0; o1[j] = a1; o2[j] = a2; o3[j] = a3;
        o0[j + HALF] = b0; o1[j + HALF] = b1; o2[j + HALF] = b2; o3[j + HALF] = b3;
    }
}

INLINE void pair_of_normals(const uint32_t *restrict radius, const uint32_t *restrict angle, Real *restrict one, Real *restrict other) {
    Row along, ratio, power;
    EACH(j) { const Real u = uniform(radius[j]); ratio[j] = log_ratio(u); power[j] = log_exponent(u); }
    EACH(j) along[j] = SQUARE_ROOT(R(-2.0) * logarithm(ratio[j], power[j]));
    EACH(j) two_normals(along[j], radius[j], angle[j], &one[j], &other[j]);
}

/* Rows of four that nothing asks for are not drawn; `out` has room for a multiple of four. */
INLINE void standard_normals(const Block *b, uint32_t step, uint32_t stream, const uint8_t *asked, int64_t count, uint64_t seed, Row *out) {
    Words w[4];
    for (int64_t first = 0; first < count; first += 4) {
        if (!asked[first / 4]) continue;
        words(b, step, stream + (uint32_t)(first / 4), seed, w);
        pair_of_normals(w[0], w[1], out[first], out[first + 1]);
        if (first + 2 < count) pair_of_normals(w[2], w[3], out[first + 2], out[first + 3]);
    }
}

INLINE void mixing(const Block *b, uint32_t step, int64_t degrees, uint64_t seed, Real *restrict out) {
    Words w[4];
    Row product, total;
    const int64_t pairs = degrees / 2;
    const Real left = (Real)degrees - R(2.0);
    words(b, step, MIXING, seed, w);
    if (degrees % 2) { pair_of_normals(w[2], w[3], total, product); EACH(j) total[j] = total[j] * total[j]; }
    else EACH(j) total[j] = R(0.0);
    if (pairs > 1) EACH(j) product[j] = uniform(w[0][j]) * uniform(w[1][j]);
    else EACH(j) product[j] = uniform(w[0][j]);
    EACH(j) total[j] = total[j] - R(2.0) * whole_logarithm(product[j]);
    for (int64_t first = 2; first < pairs; first += 4) {
        words(b, step, MIXING + 1 + (uint32_t)(first / 4), seed, w);
        EACH(j) product[j] = uniform(w[0][j]);
        for (int64_t k = 1; k < 4 && first + k < pairs; k++) EACH(j) product[j] = product[j] * uniform(w[k][j]);
        EACH(j) total[j] = total[j] - R(2.0) * whole_logarithm(larger(product[j], R(SMALLEST)));
    }
    EACH(j) out[j] = SQUARE_ROOT(left / larger(total[j], R(LEAST_SQUARE)));
}

INLINE void jump(const Block *b, uint32_t step, uint32_t kind, const double *below, Real mean, Real deviation, uint64_t seed,
                 Real *restrict out) {
    Words w[4];
    Row count, one, other;
    words(b, step, JUMPS + kind, seed, w);
    EACH(j) count[j] = R(0.0);
    for (int k = 0; k < JUMPS_AT_MOST; k++) {
        const double chance = below[k];
        if (chance < 1.0) EACH(j) count[j] = count[j] + (chance_of(w[2][j]) >= chance ? R(1.0) : R(0.0));
    }
    pair_of_normals(w[0], w[1], one, other);
    EACH(j) out[j] = count[j] * mean + SQUARE_ROOT(count[j]) * deviation * one[j];
}

/* Which step of the past each path draws again, and the factors that it had. */
INLINE void recall(const Plan *p, Block *b, int64_t t, uint64_t seed) {
    Words w[4];
    const double anew = t ? p->anew : 1.0, length = (double)p->remembered;
    const int32_t last = (int32_t)p->remembered - 1;
    int32_t *restrict past = b->past;
    words(b, (uint32_t)t, PAST, seed, w);
    EACH(j) {
        const int32_t next = past[j] == last ? 0 : past[j] + 1;
        past[j] = chance_of(w[0][j]) < anew ? (int32_t)(chance_of(w[1][j]) * length) : next;
    }
    for (int64_t k = 0; k < p->factors; k++) {
        Real *restrict out = b->factor[k];
        EACH(j) out[j] = p->past[past[j] * p->factors + k];
    }
}

INLINE void draw(const Plan *p, Block *b, int64_t t, uint64_t seed) {
    if (p->remembered) recall(p, b, t, seed);
    else standard_normals(b, (uint32_t)t, FACTORS, b->follows, p->factors, seed, b->factor);
    standard_normals(b, (uint32_t)t, OWN, b->alone, p->held, seed, b->own);
    if (p->degrees) mixing(b, (uint32_t)t, p->degrees, seed, b->mixed);
    for (int64_t k = 0; k < p->jumps; k++)
        jump(b, (uint32_t)t, (uint32_t)k, p->jump_below + k * JUMPS_AT_MOST, p->jump_mean[k], p->jump_deviation[k], seed, b->jump[k]);
}
