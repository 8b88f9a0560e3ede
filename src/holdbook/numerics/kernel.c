/* The walk of many paths, as engine_numpy.py specifies it: the same operations in the same order, so the same bits.
 *
 * Compiled twice, with floats of 32 bits (-DSINGLE) and of 64. Paths are walked side by side in blocks of LANES, so that what a table
 * asks for is looked up once for a block. A block never leaves the cache, and only whole numbers leave it. Nothing here may be compiled
 * with -ffast-math, nor with contraction of a * b + c: both change bits, the first also answers (the rounding in `exp_shifted` is an
 * addition that undoes itself).
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LANES 128
#define BINS 1024
#define MEASURES 5
#define JUMPS_AT_MOST 8
#define NEVER 1e30
#define HUGE_RATIO 1e9
#define WORTH_AT_MOST 1e30
#define LEAST_SQUARE 0x1p-24
#define ONE 1048576.0
enum { FACTORS = 0, OWN = 1 << 16, MIXING = 2 << 16, JUMPS = 3 << 16, CONDITIONS = 4 << 16, PAST = 5 << 16 };

#define INLINE static inline __attribute__((always_inline))
#define EACH(j) for (int j = 0; j < LANES; j++)
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

#ifdef SINGLE
typedef float Real;
typedef int32_t Whole;
typedef uint32_t Bits;
#define SQUARE_ROOT sqrtf
#else
typedef double Real;
typedef int64_t Whole;
typedef uint64_t Bits;
#define SQUARE_ROOT sqrt
#endif
typedef Real Vector __attribute__((vector_size(32), may_alias));
enum { WIDE = 32 / sizeof(Real), ASIDE = 32, STRIDE = BINS + ASIDE };
typedef Real Row[LANES] __attribute__((aligned(64)));
typedef Whole Marks[LANES] __attribute__((aligned(64)));

/* Fields as in tables.py. */
typedef struct {
    int64_t steps, held, factors, jumps, debts, loans, conditions, places, limits, degrees, remembered;
    double refinanced, refinanced_up_to, cash, owed, lines, reduced_above, reduced_to, anew;
    const Real *value, *drift, *loading, *own, *past;
    const double *jump_below;
    const Real *jump_mean, *jump_deviation, *jump_part;
    const int64_t *every;
    const Real *income, *comes, *goes, *owes, *invested;
    const double *if_chance;
    const int64_t *if_draw;
    const Real *if_amount;
    const int64_t *if_step, *if_holding;
    const Real *debt;
    const int64_t *repaid_in;
    const Real *coupon, *loan, *pledged, *interest, *called_at, *cured_to;
    const int64_t *recourse;
    const Real *floor;
    const int64_t *order;
    const Real *kept, *most, *impact;
    const int64_t *limited;
    const Real *bound;
    const int64_t *below;
    const Real *low, *per_unit;
} Plan;

/* Fields as in tally.py. */
typedef struct {
    int64_t *bins, *breached, *first, *called, *sold, *drawn, *drivers;
    double *least, *most, worst;
    int64_t worst_path;
} Counts;

/* How the paths of a block stand, what of the plan is used at all, and what is counted until it is added to the counts. */
typedef struct {
    Row *value, *pending, *grown, *debt, *loan, *factor, *own, *jump, *met;
    Marks *beyond;
    int64_t *until;
    uint8_t *follows, *alone;
    uint16_t *bins;
    Whole *least, *most; /* `ordered` */
    int64_t left, same, waiting;
    Row cash, owed, drawn, need, holdings, due, total, bonds, brought, mixed, highest, measure[MEASURES];
    Marks was_called, was_drawn;
    uint32_t low[LANES], high[LANES];
    int32_t past[LANES];
} Block;

#include "elementary.h"
#include "draws.h"
#include "step.h"

INLINE void limit(const Plan *p, Block *b, Counts *c, int64_t t, int64_t l, int lanes) {
    const Real bound = p->bound[l], *restrict m = b->measure[p->limited[l] == 3 && !b->left ? 1 : p->limited[l]];
    Whole *restrict ever = b->beyond[l], count = 0, new_ones = 0;
    Marks fresh;
    if (p->below[l]) EACH(j) fresh[j] = m[j] < bound;
    else EACH(j) fresh[j] = m[j] > bound;
    for (int j = lanes; j < LANES; j++) fresh[j] = 0;
    EACH(j) {
        const Whole now = fresh[j], is_new = now & ~ever[j];
        fresh[j] = is_new;
        ever[j] |= now;
        count += now;
        new_ones += is_new;
    }
    c->breached[t * p->limits + l] += count;
    c->first[t * p->limits + l] += new_ones;
    for (int j = 0; new_ones && j < lanes; j++) {
        if (!fresh[j]) continue;
        new_ones--;
        for (int64_t a = 0; a < p->held; a++) {
            const Real grown = b->grown[a][j] * R(ONE) + R(0.5);
            const int64_t whole = (int64_t)grown;
            c->drivers[l * p->held + a] += whole - ((Real)whole > grown);
        }
    }
}

/* Many paths share the lowest bin of a block (cash at its floor, nothing owed, nothing unpaid): they are counted at once, and set aside,
 * lest each increment wait for the one before. */
INLINE void histogram(const Plan *p, Block *b, int64_t t, int m, int lanes) {
    const Real nothing = NOTHING, last = LAST, low = p->low[m], per_unit = p->per_unit[m], *restrict row = b->measure[m];
    Whole *restrict least = &b->least[t * MEASURES + m], *restrict most = &b->most[t * MEASURES + m], lo = *least, hi = *most;
    uint16_t *restrict bins = b->bins + (t * MEASURES + m) * STRIDE;
    int32_t at[LANES], lowest = BINS, highest = 0, count = 0;
    EACH(j) at[j] = (int32_t)smaller(larger((row[j] - low) * per_unit, nothing), last);
    if (lanes < LANES) {
        for (int j = 0; j < lanes; j++) {
            const Whole place = ordered(row[j]);
            bins[at[j]]++;
            if (place < *least) *least = place;
            if (place > *most) *most = place;
        }
        return;
    }
    EACH(j) { const Whole place = ordered(row[j]); lo = place < lo ? place : lo; hi = place > hi ? place : hi; }
    *least = lo; *most = hi;
    EACH(j) { lowest = at[j] < lowest ? at[j] : lowest; highest = at[j] > highest ? at[j] : highest; }
    if (lowest == highest) { bins[lowest] += LANES; return; }
    EACH(j) { count += at[j] == lowest; at[j] = at[j] == lowest ? BINS + j % ASIDE : at[j]; }
    bins[lowest] += (uint16_t)count;
#pragma GCC unroll 8
    EACH(j) bins[at[j]]++;
}

INLINE void tell(const Plan *p, Block *b, Counts *c, int64_t t, int lanes) {
    Whole called = 0, sold = 0, drawn = 0;
    for (int m = 0; m < MEASURES; m++) if (m != 3 || !b->same) histogram(p, b, t, m, lanes);
    for (int j = 0; j < lanes; j++) { called += b->was_called[j] & 1; sold += b->brought[j] > R(0.0); drawn += b->was_drawn[j]; }
    c->called[t] += called; c->sold[t] += sold; c->drawn[t] += drawn;
    for (int64_t l = 0; l < p->limits; l++) limit(p, b, c, t, l, lanes);
}

INLINE void begin(const Plan *p, Block *b, uint64_t first, uint64_t seed) {
    Words w[4];
    EACH(j) { b->low[j] = (uint32_t)(first + j); b->high[j] = (uint32_t)((first + j) >> 32); }
    for (int64_t a = 0; a < p->held; a++) EACH(j) { b->value[a][j] = p->value[a]; b->pending[a][j] = b->grown[a][j] = R(0.0); }
    for (int64_t d = 0; d < p->debts; d++) EACH(j) b->debt[d][j] = p->debt[d];
    for (int64_t m = 0; m < p->loans; m++) EACH(j) b->loan[m][j] = p->loan[m];
    for (int64_t c = 0; c < p->conditions; c++) {
        words(b, 0, CONDITIONS + (uint32_t)p->if_draw[c], seed, w);
        EACH(j) b->met[c][j] = chance_of(w[0][j]) < p->if_chance[c] ? R(1.0) : R(0.0);
    }
    for (int64_t l = 0; l < p->limits; l++) memset(b->beyond[l], 0, sizeof(Marks));
    EACH(j) { b->cash[j] = R(p->cash); b->owed[j] = R(p->owed); b->drawn[j] = R(0.0); b->highest[j] = R(-1.0); b->was_drawn[j] = 0; }
    sum_of_debts(p, b);
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
        reduce(p, b);
        measure(p, b, t);
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
        some += (p->factors ? b->factor[0][0] : R(0.0)) + (p->degrees ? b->mixed[1] : R(0.0));
    }
    return some;
}

static int64_t fours(int64_t count) { return (count + 3) / 4 * 4; }

/* What of the plan there is no need to look at. */
static void look(const Plan *p, Block *b) {
    memset(b->follows, 1, (size_t)fours(p->factors) / 4);
    for (int64_t a = 0; a < p->held; a++) {
        if (p->own[a] != R(0.0)) b->alone[a / 4] = 1;
        for (int64_t k = 0; k < p->factors; k++) if (p->loading[a * p->factors + k] != R(0.0)) b->until[a] = k + 1;
    }
    for (int64_t m = 0; m < p->loans; m++) b->left |= !p->recourse[m];
    b->same = !b->left && p->low[1] == p->low[3] && p->per_unit[1] == p->per_unit[3];
    if (!b->left && !b->same) b->left = 1;
}

static void *part(unsigned char **next, int64_t count, size_t size) {
    void *found = *next;
    *next += ((size_t)count * size + 63) / 64 * 64;
    return found;
}

/* Where everything of a block stands; with nothing to begin from, how much room it takes. */
static size_t laid(const Plan *p, Block *b, unsigned char *from) {
    unsigned char *next = from + (sizeof(Block) + 63) / 64 * 64;
    const int64_t told = p->steps * MEASURES;
    b->value = part(&next, p->held, sizeof(Row));
    b->factor = part(&next, fours(p->factors), sizeof(Row));
    b->own = part(&next, fours(p->held), sizeof(Row));
    b->debt = part(&next, p->debts, sizeof(Row));
    b->loan = part(&next, p->loans, sizeof(Row));
    b->jump = part(&next, p->jumps, sizeof(Row));
    b->met = part(&next, p->conditions, sizeof(Row));
    b->beyond = part(&next, p->limits, sizeof(Marks));
    b->grown = part(&next, p->held, sizeof(Row));
    b->pending = part(&next, p->held, sizeof(Row));
    b->until = part(&next, p->held, sizeof(int64_t));
    b->follows = part(&next, fours(p->factors) / 4, 1);
    b->alone = part(&next, fours(p->held) / 4, 1);
    b->least = part(&next, told, sizeof(Whole));
    b->most = part(&next, told, sizeof(Whole));
    b->bins = part(&next, told, sizeof(uint16_t[STRIDE]));
    return (size_t)(next - from);
}

static void nothing_yet(const Plan *p, Block *b) {
    const int64_t told = p->steps * MEASURES;
    b->waiting = 0;
    memset(b->bins, 0, (size_t)told * sizeof(uint16_t[STRIDE]));
    for (int64_t k = 0; k < told; k++) { b->least[k] = ordered(R(INFINITY)); b->most[k] = ordered(R(-INFINITY)); }
}

static Block *room(const Plan *p) {
    Block sketch;
    const size_t size = laid(p, &sketch, NULL);
    Block *b = aligned_alloc(64, size);
    if (!b) return NULL;
    memset(b, 0, size);
    laid(p, b, (unsigned char *)b);
    look(p, b);
    nothing_yet(p, b);
    return b;
}

/* Adds what was counted in small numbers. */
static void settle(const Plan *p, Block *b, Counts *c) {
    for (int64_t t = 0; t < p->steps; t++)
        for (int64_t m = 0; m < MEASURES; m++) {
            const int64_t to = t * MEASURES + m, from = m == 3 && b->same ? to - 2 : to;
            for (int64_t k = 0; k < BINS; k++) c->bins[to * BINS + k] += b->bins[from * STRIDE + k];
            const Real least = from_ordered(b->least[from]), most = from_ordered(b->most[from]);
            if (least < c->least[to]) c->least[to] = least;
            if (most > c->most[to]) c->most[to] = most;
        }
    nothing_yet(p, b);
}

/* Whether this library is of the same make as what calls it. */
uint64_t holdbook_size(void) { return sizeof(Plan) + sizeof(Counts); }

/* A room for a block, for one thread at a time: NULL if there is no memory. */
void *holdbook_room(const Plan *p) { return room(p); }

/* Walks `count` paths from `first` on; what is counted in small numbers waits in the room until it is settled. */
void holdbook_walk(const Plan *p, void *in, Counts *c, uint64_t seed, uint64_t first, uint64_t count) {
    Block *b = in;
    for (uint64_t done = 0; done < count; done += LANES) {
        const uint64_t left = count - done;
        walk(p, b, c, seed, first + done, left < LANES ? (int)left : LANES);
        b->waiting += LANES;
        if (b->waiting > UINT16_MAX - LANES) settle(p, b, c);
    }
}

/* Adds what waits to the counts. */
void holdbook_settle(const Plan *p, void *in, Counts *c) { settle(p, in, c); }

void holdbook_leave(void *in) { free(in); }

/* Draws what the same walk would draw, and nothing else: what chance alone costs. */
double holdbook_draw(const Plan *p, void *in, uint64_t seed, uint64_t first, uint64_t count) {
    double some = 0.0;
    for (uint64_t done = 0; done < count; done += LANES) some += only_draw(p, in, seed, first + done);
    return some;
}
