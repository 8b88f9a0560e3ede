/* The walk of many paths, as engine_numpy.py specifies it: the same operations in the same order, so the same bits.
 *
 * Paths are walked side by side in blocks of LANES, so that what a table asks for is looked up once for a block. A block never leaves
 * the cache, and only whole numbers leave it. Nothing here may be compiled with -ffast-math, nor with contraction of a * b + c:
 * both change bits, the first also answers (the rounding in `exponential` is an addition that undoes itself).
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LANES 128
#define STRIP 32
#define BINS 1024
#define MEASURES 5
#define JUMPS_AT_MOST 8
#define NEVER 1e300
#define HUGE_RATIO 1e9
#define ONE 1048576.0
enum { FACTORS = 0, OWN = 1 << 16, MIXING = 2 << 16, JUMPS = 3 << 16, CONDITIONS = 4 << 16 };

#define INLINE static inline __attribute__((always_inline))
#define EACH(j) for (int j = 0; j < LANES; j++)
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

typedef double Row[LANES];
typedef uint32_t Words[LANES];

/* Fields as in tables.py. */
typedef struct {
    int64_t steps, held, factors, jumps, debts, loans, conditions, places, limits, degrees;
    double refinanced, refinanced_up_to, cash, owed, lines, reduced_above, reduced_to;
    const double *value, *drift, *loading, *own, *jump_below, *jump_mean, *jump_deviation, *jump_part;
    const int64_t *every;
    const double *income, *comes, *goes, *owes, *invested, *if_chance, *if_amount;
    const int64_t *if_step, *if_holding;
    const double *debt;
    const int64_t *repaid_in;
    const double *coupon, *loan, *pledged, *interest, *called_at, *cured_to;
    const int64_t *recourse;
    const double *floor;
    const int64_t *order;
    const double *kept, *most, *impact;
    const int64_t *limited;
    const double *bound;
    const int64_t *below;
    const double *low, *per_unit;
} Plan;

/* Fields as in tally.py. */
typedef struct {
    int64_t *bins, *breached, *first, *called, *sold, *drawn, *drivers;
    double *least, *most, worst;
    int64_t worst_path;
} Counts;

/* How the paths of a block stand. */
typedef struct {
    Row *value, *pending, *grown, *debt, *loan, *factor, *own, *jump, *met;
    uint8_t (*beyond)[LANES];
    Row cash, owed, drawn, need, holdings, due, net, mixed, highest, measure[MEASURES];
    uint8_t was_called[LANES], was_sold[LANES], was_drawn[LANES];
    uint32_t low[LANES], high[LANES];
} Block;

/* --- elementary.py --- */

INLINE double as_double(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }
INLINE uint64_t as_bits(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }
INLINE double smaller(double a, double b) { return a < b ? a : b; }
INLINE double larger(double a, double b) { return a > b ? a : b; }

INLINE double logarithm(double x) {
    uint64_t bits = as_bits(x);
    /* A small whole number becomes a float by standing in the mantissa of 2^52. */
    double exponent = as_double((bits >> 52) | 0x4330000000000000u) - (4503599627370496.0 + 1023.0);
    double mantissa = as_double((bits & 0x000FFFFFFFFFFFFFu) | 0x3FF0000000000000u);
    int large = mantissa > 0x1.6a09e667f3bcdp+0;
    mantissa = large ? mantissa * 0.5 : mantissa;
    exponent = large ? exponent + 1.0 : exponent;
    double s = (mantissa - 1.0) / (mantissa + 1.0), z = s * s, p = 1.0 / 17.0;
    p = p * z + 1.0 / 15.0; p = p * z + 1.0 / 13.0; p = p * z + 1.0 / 11.0;
    p = p * z + 1.0 / 9.0; p = p * z + 1.0 / 7.0; p = p * z + 1.0 / 5.0; p = p * z + 1.0 / 3.0; p = p * z + 1.0;
    return exponent * 0x1.62e42feep-1 + (exponent * 0x1.a39ef35793c76p-33 + (s + s) * p);
}

INLINE double exponential(double x) {
    x = smaller(x, 700.0);
    x = larger(x, -700.0);
    double shifted = x * 0x1.71547652b82fep+0 + 6755399441055744.0, whole = shifted - 6755399441055744.0;
    double r = (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33, p = 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0; p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0; p = p * r + 1.0 / 5040.0; p = p * r + 1.0 / 720.0; p = p * r + 1.0 / 120.0; p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0; p = p * r + 1.0 / 2.0; p = p * r + 1.0; p = p * r + 1.0;
    return p * as_double((as_bits(shifted) + 1023u) << 52);
}

INLINE double whole_number(uint32_t word) { return (double)(int32_t)(word ^ 0x80000000u) + 2147483648.0; }
INLINE double uniform(uint32_t word) { return (whole_number(word) + 0.5) * 0x1p-32; }

INLINE void two_normals(uint32_t radius, uint32_t angle, double *one, double *other) {
    double length = sqrt(-2.0 * logarithm(uniform(radius)));
    uint32_t quarter = (angle + 0x20000000u) >> 30;
    double x = (double)(int32_t)(angle - (quarter << 30)) * 0x1.921fb54442d18p-30, z = x * x;
    double s = 1.0 / 6227020800.0, c = -1.0 / 87178291200.0;
    s = s * z + -1.0 / 39916800.0; s = s * z + 1.0 / 362880.0; s = s * z + -1.0 / 5040.0;
    s = s * z + 1.0 / 120.0; s = s * z + -1.0 / 6.0; s = s * z + 1.0; s = x * s;
    c = c * z + 1.0 / 479001600.0; c = c * z + -1.0 / 3628800.0; c = c * z + 1.0 / 40320.0;
    c = c * z + -1.0 / 720.0; c = c * z + 1.0 / 24.0; c = c * z + -1.0 / 2.0; c = c * z + 1.0;
    double sine = quarter & 1 ? c : s, cosine = quarter & 1 ? s : c;
    uint64_t minus = (uint64_t)(quarter >> 1) << 63, minus_other = (uint64_t)((quarter >> 1 ^ quarter) & 1) << 63;
    *one = length * as_double(as_bits(cosine) ^ minus_other);
    *other = length * as_double(as_bits(sine) ^ minus);
}

/* --- philox.py and draws.py --- */

INLINE void words(const Block *b, uint32_t step, uint32_t stream, uint64_t seed, Words out[4]) {
    const uint32_t key = (uint32_t)seed, other_key = (uint32_t)(seed >> 32);
    EACH(j) {
        uint32_t c0 = b->low[j], c1 = b->high[j], c2 = step, c3 = stream, k0 = key, k1 = other_key;
#pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            uint64_t p = (uint64_t)c0 * 0xD2511F53u, q = (uint64_t)c2 * 0xCD9E8D57u;
            uint32_t n0 = (uint32_t)(q >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p >> 32) ^ c3 ^ k1;
            c0 = n0; c1 = (uint32_t)q; c2 = n2; c3 = (uint32_t)p;
            k0 += 0x9E3779B9u; k1 += 0xBB67AE85u;
        }
        out[0][j] = c0; out[1][j] = c1; out[2][j] = c2; out[3][j] = c3;
    }
}

INLINE void standard_normals(const Block *b, uint32_t step, uint32_t stream, int64_t count, uint64_t seed, Row *out) {
    Words w[4];
    for (int64_t first = 0; first < count; first += 4) { /* `out` has room for a multiple of four */
        words(b, step, stream + (uint32_t)(first / 4), seed, w);
        double *restrict a = out[first], *restrict c = out[first + 1], *restrict d = out[first + 2], *restrict e = out[first + 3];
        EACH(j) two_normals(w[0][j], w[1][j], &a[j], &c[j]);
        if (first + 2 < count) EACH(j) two_normals(w[2][j], w[3][j], &d[j], &e[j]);
    }
}

INLINE void mixing(const Block *b, uint32_t step, int64_t degrees, uint64_t seed, double *restrict out) {
    Words w[4];
    Row product, total;
    const int odd = degrees % 2;
    const double left = (double)degrees - 2.0;
    words(b, step, MIXING, seed, w);
    EACH(j) { product[j] = uniform(w[0][j]); total[j] = 0.0; }
    if (degrees / 2 > 1) EACH(j) product[j] = product[j] * uniform(w[1][j]);
    if (odd) EACH(j) { double one, other; two_normals(w[2][j], w[3][j], &one, &other); total[j] = one * one; }
    for (int64_t first = 2; first < degrees / 2; first += 4) {
        words(b, step, MIXING + 1 + (uint32_t)(first / 4), seed, w);
        for (int64_t k = 0; k < 4 && first + k < degrees / 2; k++) EACH(j) product[j] = product[j] * uniform(w[k][j]);
    }
    EACH(j) out[j] = sqrt(left / (total[j] - 2.0 * logarithm(product[j])));
}

INLINE void jump(const Block *b, uint32_t step, uint32_t kind, const double *below, double mean, double deviation, uint64_t seed,
                 double *restrict out) {
    Words w[4];
    words(b, step, JUMPS + kind, seed, w);
    EACH(j) {
        double one, other, chance = uniform(w[2][j]), count = 0.0;
        for (int k = 0; k < JUMPS_AT_MOST; k++) count = count + (chance >= below[k] ? 1.0 : 0.0);
        two_normals(w[0][j], w[1][j], &one, &other);
        out[j] = count * mean + sqrt(count) * deviation * one;
    }
}

INLINE int any(const double *row, int64_t count) {
    for (int64_t k = 0; k < count; k++) if (row[k] != 0.0) return 1;
    return 0;
}

INLINE void draw(const Plan *p, Block *b, int64_t t, uint64_t seed) {
    standard_normals(b, (uint32_t)t, FACTORS, p->factors, seed, b->factor);
    if (any(p->own, p->held)) standard_normals(b, (uint32_t)t, OWN, p->held, seed, b->own);
    if (p->degrees) mixing(b, (uint32_t)t, p->degrees, seed, b->mixed);
    for (int64_t k = 0; k < p->jumps; k++)
        jump(b, (uint32_t)t, (uint32_t)k, p->jump_below + k * JUMPS_AT_MOST, p->jump_mean[k], p->jump_deviation[k], seed, b->jump[k]);
}

/* --- the walk: each function as its namesake in engine_numpy.py --- */

INLINE void move(const Plan *p, Block *b, int64_t t) {
    const int own = any(p->own, p->held);
    for (int64_t a = 0; a < p->held; a++) {
        const double *load = p->loading + a * p->factors, drift = p->drift[a], alone = p->own[a];
        const int now = (t + 1) % p->every[a] == 0;
        double *restrict value = b->value[a], *restrict pending = b->pending[a], *restrict grown = b->grown[a];
        for (int j0 = 0; j0 < LANES; j0 += STRIP) {
            double gained[STRIP];
            for (int j = 0; j < STRIP; j++) gained[j] = 0.0;
            for (int64_t k = 0; k < p->factors; k++) {
                const double part = load[k], *restrict factor = b->factor[k] + j0;
                if (part != 0.0) for (int j = 0; j < STRIP; j++) gained[j] = gained[j] + part * factor[j];
            }
            if (own) { const double *restrict z = b->own[a] + j0; for (int j = 0; j < STRIP; j++) gained[j] = gained[j] + alone * z[j]; }
            if (p->degrees) { const double *restrict m = b->mixed + j0; for (int j = 0; j < STRIP; j++) gained[j] = gained[j] * m[j]; }
            for (int j = 0; j < STRIP; j++) gained[j] = drift + gained[j];
            for (int64_t k = 0; k < p->jumps; k++) {
                const double part = p->jump_part[a * p->jumps + k], *restrict size = b->jump[k] + j0;
                for (int j = 0; j < STRIP; j++) gained[j] = gained[j] + part * size[j];
            }
            if (now && p->every[a] == 1) {
                for (int j = 0; j < STRIP; j++) value[j0 + j] = value[j0 + j] * exponential(gained[j]);
                if (p->limits) for (int j = 0; j < STRIP; j++) grown[j0 + j] = grown[j0 + j] + gained[j];
            } else if (now) {
                for (int j = 0; j < STRIP; j++) {
                    double all = pending[j0 + j] + gained[j];
                    value[j0 + j] = value[j0 + j] * exponential(all);
                    grown[j0 + j] = grown[j0 + j] + all;
                    pending[j0 + j] = 0.0;
                }
            } else {
                for (int j = 0; j < STRIP; j++) pending[j0 + j] = pending[j0 + j] + gained[j];
            }
        }
    }
}

INLINE void less(double *restrict cash, double part, const double *restrict of) {
    if (part != 0.0) EACH(j) cash[j] = cash[j] - part * of[j];
}

INLINE void flow(const Plan *p, Block *b, int64_t t) {
    const double *income = p->income + t * p->held, *invested = p->invested + t * p->held;
    double *restrict cash = b->cash, *restrict owed = b->owed;
    for (int64_t a = 0; a < p->held; a++)
        if (income[a] != 0.0) { const double *restrict value = b->value[a], part = income[a]; EACH(j) cash[j] = cash[j] + part * value[j]; }
    const double comes = p->comes[t], goes = p->goes[t], owes = p->owes[t];
    EACH(j) { cash[j] = (cash[j] + comes) - goes; owed[j] = owed[j] + owes; }
    for (int64_t a = 0; a < p->held; a++)
        if (invested[a] != 0.0) { double *restrict value = b->value[a], more = invested[a]; EACH(j) value[j] = value[j] + more; }
    for (int64_t c = 0; c < p->conditions; c++) {
        if (p->if_step[c] != t) continue;
        const double amount = p->if_amount[c], *restrict met = b->met[c];
        EACH(j) cash[j] = cash[j] - met[j] * amount;
        if (p->if_holding[c] >= 0) { double *restrict value = b->value[p->if_holding[c]]; EACH(j) value[j] = value[j] + met[j] * amount; }
    }
}

INLINE void pledge(const Plan *p, const Block *b, int64_t m, double *restrict out) {
    EACH(j) out[j] = 0.0;
    for (int64_t a = 0; a < p->held; a++) {
        const double part = p->pledged[m * p->held + a], *restrict value = b->value[a];
        if (part != 0.0) EACH(j) out[j] = out[j] + part * value[j];
    }
}

INLINE void service(const Plan *p, Block *b, int64_t t) {
    Row secured;
    memset(b->was_called, 0, sizeof b->was_called);
    for (int64_t d = 0; d < p->debts; d++) less(b->cash, p->coupon[t * p->debts + d], b->debt[d]);
    for (int64_t m = 0; m < p->loans; m++) {
        double *restrict loan = b->loan[m], *restrict cash = b->cash;
        less(cash, p->interest[m], loan);
        if (p->called_at[m] >= NEVER) continue;
        pledge(p, b, m, secured);
        const double at = p->called_at[m], to = p->cured_to[m];
        EACH(j) {
            int called = loan[j] > at * secured[j];
            double cure = called ? loan[j] - to * secured[j] : 0.0;
            cash[j] = cash[j] - cure;
            loan[j] = loan[j] - cure;
            b->was_called[j] |= (uint8_t)called;
        }
    }
}

INLINE void balance(const Plan *p, Block *b) {
    Row secured;
    double *restrict holdings = b->holdings, *restrict due = b->due;
    EACH(j) { holdings[j] = 0.0; due[j] = b->owed[j] + b->drawn[j]; }
    for (int64_t a = 0; a < p->held; a++) { const double *restrict value = b->value[a]; EACH(j) holdings[j] = holdings[j] + value[j]; }
    for (int64_t d = 0; d < p->debts; d++) { const double *restrict debt = b->debt[d]; EACH(j) due[j] = due[j] + debt[j]; }
    for (int64_t m = 0; m < p->loans; m++)
        if (p->recourse[m]) { const double *restrict loan = b->loan[m]; EACH(j) due[j] = due[j] + loan[j]; }
    for (int64_t m = 0; m < p->loans; m++) {
        if (p->recourse[m]) continue;
        pledge(p, b, m, secured);
        const double *restrict loan = b->loan[m];
        EACH(j) holdings[j] = holdings[j] - smaller(loan[j], secured[j]);
    }
}

INLINE double ratio(double net, double holdings) {
    double owes = larger(net, 0.0), none = owes > 0.0 ? HUGE_RATIO : 0.0, over = owes / (holdings > 0.0 ? holdings : 1.0);
    return holdings > 0.0 ? over : none;
}

INLINE void repay(const Plan *p, Block *b, int64_t t) {
    int64_t due = 0;
    for (int64_t d = 0; d < p->debts; d++) due += p->repaid_in[d] == t;
    if (!due) return;
    Row part;
    balance(p, b);
    EACH(j) part[j] = ratio(b->due[j] - b->cash[j], b->holdings[j]) <= p->refinanced_up_to ? p->refinanced : 0.0;
    for (int64_t d = 0; d < p->debts; d++) {
        if (p->repaid_in[d] != t) continue;
        double *restrict debt = b->debt[d], *restrict cash = b->cash;
        EACH(j) { double kept = part[j] * debt[j]; cash[j] = cash[j] - (debt[j] - kept); debt[j] = kept; }
    }
}

INLINE int positive(const double *row) {
    int found = 0;
    EACH(j) found |= row[j] > 0.0;
    return found;
}

INLINE void sell(const Plan *p, Block *b) {
    if (!positive(b->need)) return;
    Row free_part;
    for (int64_t s = 0; s < p->places; s++) {
        const int64_t a = p->order[s];
        const double kept = p->kept[s], share = p->most[s] * kept, impact = p->impact[s];
        double *restrict value = b->value[a], *restrict cash = b->cash, *restrict need = b->need;
        EACH(j) free_part[j] = value[j];
        for (int64_t m = 0; m < p->loans; m++)
            if (!p->recourse[m] && p->pledged[m * p->held + a] != 0.0) {
                const double *restrict loan = b->loan[m];
                EACH(j) free_part[j] = free_part[j] - loan[j];
            }
        EACH(j) {
            double before = value[j], brings = larger(smaller(free_part[j] * share, need[j]), 0.0), given = brings / kept;
            double left = before - given, rest = larger(1.0 - impact * (given / (before > 0.0 ? before : 1.0)), 0.0);
            value[j] = impact != 0.0 ? left * rest : left;
            cash[j] = cash[j] + brings;
            need[j] = need[j] - brings;
            b->was_sold[j] |= brings > 0.0;
        }
    }
}

INLINE void fill(const Plan *p, Block *b, int64_t t) {
    const double least = p->floor[t], lines = p->lines;
    double *restrict cash = b->cash, *restrict drawn = b->drawn, *restrict need = b->need;
    memset(b->was_sold, 0, sizeof b->was_sold);
    EACH(j) {
        double wanted = larger(least - cash[j], 0.0), more = smaller(wanted, lines - drawn[j]);
        b->was_drawn[j] = more > 0.0;
        cash[j] = cash[j] + more;
        drawn[j] = drawn[j] + more;
        need[j] = wanted - more;
    }
    sell(p, b);
}

/* Whether the balance still holds afterwards. */
INLINE int reduce(const Plan *p, Block *b) {
    if (p->reduced_above >= NEVER) return 0;
    const double above = p->reduced_above, to = p->reduced_to;
    balance(p, b);
    EACH(j) {
        double net = b->due[j] - b->cash[j], wanted = (net - to * b->holdings[j]) / (1.0 - to);
        b->need[j] = net > above * b->holdings[j] ? wanted : 0.0;
    }
    if (!positive(b->need)) return 1;
    sell(p, b);
    return 0;
}

INLINE void measure(const Plan *p, Block *b, int64_t t, int balanced) {
    Row secured, added, above;
    const double least = p->floor[t];
    int left = 0;
    if (!balanced) balance(p, b);
    EACH(j) { b->net[j] = b->due[j] - b->cash[j]; added[j] = b->holdings[j]; above[j] = b->net[j]; }
    for (int64_t m = 0; m < p->loans; m++) {
        if (p->recourse[m]) continue;
        left = 1;
        pledge(p, b, m, secured);
        EACH(j) { added[j] = added[j] + smaller(b->loan[m][j], secured[j]); above[j] = above[j] + b->loan[m][j]; }
    }
    EACH(j) {
        b->measure[0][j] = b->holdings[j] - b->net[j];
        b->measure[1][j] = ratio(b->net[j], b->holdings[j]);
        b->measure[2][j] = b->cash[j];
        b->measure[4][j] = larger(least - b->cash[j], 0.0);
        b->highest[j] = larger(b->highest[j], b->measure[1][j]);
    }
    if (left) EACH(j) b->measure[3][j] = ratio(above[j], added[j]);
    else memcpy(b->measure[3], b->measure[1], sizeof(Row));
}

INLINE void limit(const Plan *p, Block *b, Counts *c, int64_t t, int64_t l, int lanes) {
    const double bound = p->bound[l], *restrict m = b->measure[p->limited[l]];
    uint8_t fresh[LANES], *restrict ever = b->beyond[l];
    int32_t count = 0, new_ones = 0;
    for (int j = 0; j < lanes; j++) {
        uint8_t now = p->below[l] ? m[j] < bound : m[j] > bound;
        fresh[j] = now & (ever[j] ^ 1);
        ever[j] |= now;
        count += now;
        new_ones += fresh[j];
    }
    c->breached[t * p->limits + l] += count;
    c->first[t * p->limits + l] += new_ones;
    if (new_ones)
        for (int64_t a = 0; a < p->held; a++) {
            int64_t sum = 0;
            for (int j = 0; j < lanes; j++) if (fresh[j]) sum += (int64_t)floor(b->grown[a][j] * ONE + 0.5);
            c->drivers[l * p->held + a] += sum;
        }
}

INLINE void ends(const double *restrict row, int lanes, double *least, double *most) {
    double low[STRIP], high[STRIP];
    const int whole = lanes / STRIP * STRIP;
    for (int i = 0; i < STRIP; i++) { low[i] = *least; high[i] = *most; }
    for (int j = 0; j < whole; j += STRIP)
        for (int i = 0; i < STRIP; i++) { low[i] = smaller(row[j + i], low[i]); high[i] = larger(row[j + i], high[i]); }
    for (int j = whole; j < lanes; j++) { low[0] = smaller(row[j], low[0]); high[0] = larger(row[j], high[0]); }
    for (int i = 0; i < STRIP; i++) { *least = smaller(low[i], *least); *most = larger(high[i], *most); }
}

INLINE void tell(const Plan *p, Block *b, Counts *c, int64_t t, int lanes) {
    int32_t at[LANES], called = 0, sold = 0, drawn = 0;
    for (int m = 0; m < MEASURES; m++) {
        const double low = p->low[m], per_unit = p->per_unit[m], *restrict row = b->measure[m];
        int64_t *bins = c->bins + (t * MEASURES + m) * BINS;
        EACH(j) at[j] = (int32_t)smaller(larger((row[j] - low) * per_unit, 0.0), BINS - 1.0);
        for (int j = 0; j < lanes; j++) bins[at[j]]++;
        ends(row, lanes, &c->least[t * MEASURES + m], &c->most[t * MEASURES + m]);
    }
    for (int j = 0; j < lanes; j++) { called += b->was_called[j]; sold += b->was_sold[j]; drawn += b->was_drawn[j]; }
    c->called[t] += called; c->sold[t] += sold; c->drawn[t] += drawn;
    for (int64_t l = 0; l < p->limits; l++) limit(p, b, c, t, l, lanes);
}

INLINE void begin(const Plan *p, Block *b, uint64_t first, uint64_t seed) {
    Words w[4];
    EACH(j) { b->low[j] = (uint32_t)(first + j); b->high[j] = (uint32_t)((first + j) >> 32); }
    for (int64_t a = 0; a < p->held; a++) EACH(j) { b->value[a][j] = p->value[a]; b->pending[a][j] = b->grown[a][j] = 0.0; }
    for (int64_t d = 0; d < p->debts; d++) EACH(j) b->debt[d][j] = p->debt[d];
    for (int64_t m = 0; m < p->loans; m++) EACH(j) b->loan[m][j] = p->loan[m];
    for (int64_t c = 0; c < p->conditions; c++) {
        words(b, 0, CONDITIONS + (uint32_t)c, seed, w);
        EACH(j) b->met[c][j] = uniform(w[0][j]) < p->if_chance[c] ? 1.0 : 0.0;
    }
    for (int64_t l = 0; l < p->limits; l++) memset(b->beyond[l], 0, LANES);
    EACH(j) { b->cash[j] = p->cash; b->owed[j] = p->owed; b->drawn[j] = 0.0; b->highest[j] = -1.0; }
}

WIDEST static void walk(const Plan *p, Block *b, Counts *c, uint64_t seed, uint64_t first, int lanes) {
    begin(p, b, first, seed);
    for (int64_t t = 0; t < p->steps; t++) {
        draw(p, b, t, seed);
        move(p, b, t);
        flow(p, b, t);
        service(p, b, t);
        repay(p, b, t);
        fill(p, b, t);
        measure(p, b, t, reduce(p, b));
        tell(p, b, c, t, lanes);
    }
    for (int j = 0; j < lanes; j++)
        if (b->highest[j] > c->worst || c->worst_path < 0) { c->worst = b->highest[j]; c->worst_path = (int64_t)first + j; }
}

WIDEST static double only_draw(const Plan *p, Block *b, uint64_t seed, uint64_t first) {
    begin(p, b, first, seed);
    double some = 0.0;
    for (int64_t t = 0; t < p->steps; t++) {
        draw(p, b, t, seed);
        some += (p->factors ? b->factor[0][0] : 0.0) + (p->degrees ? b->mixed[1] : 0.0);
    }
    return some;
}

static int64_t fours(int64_t count) { return (count + 3) / 4 * 4; }

static Block *room(const Plan *p) {
    const int64_t rows = 3 * p->held + p->debts + p->loans + fours(p->factors) + fours(p->held) + p->jumps + p->conditions;
    const size_t size = sizeof(Block) + 64 + (size_t)rows * sizeof(Row) + (size_t)(p->limits + 1) * LANES;
    Block *b = calloc(1, size);
    if (!b) return NULL;
    Row *next = (Row *)(((uintptr_t)(b + 1) + 63) / 64 * 64);
    b->value = next; next += p->held;
    b->pending = next; next += p->held;
    b->grown = next; next += p->held;
    b->debt = next; next += p->debts;
    b->loan = next; next += p->loans;
    b->factor = next; next += fours(p->factors);
    b->own = next; next += fours(p->held);
    b->jump = next; next += p->jumps;
    b->met = next; next += p->conditions;
    b->beyond = (uint8_t(*)[LANES])next;
    return b;
}

/* Walks `count` paths from `first` on and adds to the counts; 0, or 1 if there is no memory. */
int holdbook_walk(const Plan *p, Counts *c, uint64_t seed, uint64_t first, uint64_t count) {
    Block *b = room(p);
    if (!b) return 1;
    for (uint64_t done = 0; done < count; done += LANES) {
        const uint64_t left = count - done;
        walk(p, b, c, seed, first + done, left < LANES ? (int)left : LANES);
    }
    free(b);
    return 0;
}

/* Draws what the same walk would draw, and nothing else: what chance alone costs. */
double holdbook_draw(const Plan *p, uint64_t seed, uint64_t first, uint64_t count) {
    Block *b = room(p);
    double some = 0.0;
    if (!b) return some;
    for (uint64_t done = 0; done < count; done += LANES) some += only_draw(p, b, seed, first + done);
    free(b);
    return some;
}
