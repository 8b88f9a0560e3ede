/* One step of a block of paths: each function as its namesake in engine_numpy.py. */

/* What the factors move holdings by: four holdings at a time, so that each factor is looked up once for them. Where nothing of their own
 * comes in between they are also mixed, and drift. */
INLINE void follow(const Plan *p, const Block *b, int64_t first, int ready, Row *out) {
    const int64_t factors = p->factors, rows = p->held - first < 4 ? p->held - first : 4;
    const Real *load[4];
    Real drift[4];
    int64_t until = 0;
    for (int64_t i = 0; i < 4; i++) {
        load[i] = p->loading + (i < rows ? first + i : first) * factors;
        drift[i] = p->drift[i < rows ? first + i : first];
        if (i < rows && b->until[first + i] > until) until = b->until[first + i];
    }
    for (int j = 0; j < LANES; j += 2 * WIDE) {
        Vector s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
#pragma GCC unroll 4
        for (int64_t k = 0; k < until; k++) {
            const Vector f = *(const Vector *)&b->factor[k][j], g = *(const Vector *)&b->factor[k][j + WIDE];
            s0 = s0 + load[0][k] * f; t0 = t0 + load[0][k] * g;
            s1 = s1 + load[1][k] * f; t1 = t1 + load[1][k] * g;
            s2 = s2 + load[2][k] * f; t2 = t2 + load[2][k] * g;
            s3 = s3 + load[3][k] * f; t3 = t3 + load[3][k] * g;
        }
        if (ready) {
            const Vector m = *(const Vector *)&b->mixed[j], n = *(const Vector *)&b->mixed[j + WIDE];
            s0 = drift[0] + s0 * m; s1 = drift[1] + s1 * m; s2 = drift[2] + s2 * m; s3 = drift[3] + s3 * m;
            t0 = drift[0] + t0 * n; t1 = drift[1] + t1 * n; t2 = drift[2] + t2 * n; t3 = drift[3] + t3 * n;
        }
        *(Vector *)&out[0][j] = s0; *(Vector *)&out[0][j + WIDE] = t0;
        *(Vector *)&out[1][j] = s1; *(Vector *)&out[1][j + WIDE] = t1;
        *(Vector *)&out[2][j] = s2; *(Vector *)&out[2][j + WIDE] = t2;
        *(Vector *)&out[3][j] = s3; *(Vector *)&out[3][j + WIDE] = t3;
    }
}

INLINE void mark(const Plan *p, Block *b, int64_t t, int64_t a, Real *restrict gained) {
    Real *restrict value = b->value[a], *restrict grown = b->grown[a], *restrict total = b->total;
    if (p->every[a] != 1) {
        Real *restrict pending = b->pending[a];
        EACH(j) gained[j] = pending[j] + gained[j];
        if ((t + 1) % p->every[a] != 0) {
            EACH(j) { pending[j] = gained[j]; total[j] = total[j] + value[j]; }
            return;
        }
        EACH(j) pending[j] = R(0.0);
    }
    const Real least = LEAST, most = MOST, richest = RICHEST;
    Row shifted, rest;
    EACH(j) {
        grown[j] = grown[j] + gained[j];
        const Real x = larger(smaller(gained[j], most), least);
        shifted[j] = exp_shifted(x);
        rest[j] = exp_rest(x, shifted[j]);
    }
    EACH(j) {
        value[j] = smaller(value[j] * exponential(rest[j], shifted[j]), richest);
        total[j] = total[j] + value[j];
    }
}

INLINE void move(const Plan *p, Block *b, int64_t t) {
    Row gained[4] __attribute__((aligned(64)));
    EACH(j) b->total[j] = R(0.0);
    for (int64_t a = 0; a < p->held; a++) {
        const int ready = p->degrees && !b->alone[a / 4];
        const Real drift = p->drift[a], alone = p->own[a];
        Real *restrict row = gained[a % 4];
        if (a % 4 == 0) follow(p, b, a, ready, gained);
        if (alone != R(0.0)) { const Real *restrict z = b->own[a]; EACH(j) row[j] = row[j] + alone * z[j]; }
        if (ready) ;
        else if (p->degrees) { const Real *restrict m = b->mixed; EACH(j) row[j] = drift + row[j] * m[j]; }
        else EACH(j) row[j] = drift + row[j];
        for (int64_t k = 0; k < p->jumps; k++) {
            const Real part = p->jump_part[a * p->jumps + k], *restrict size = b->jump[k];
            if (part != R(0.0)) EACH(j) row[j] = row[j] + part * size[j];
        }
        mark(p, b, t, a, row);
    }
}

INLINE void less(Real *restrict cash, Real part, const Real *restrict of) {
    if (part != R(0.0)) EACH(j) cash[j] = cash[j] - part * of[j];
}

INLINE void invest(Block *b, int64_t a, Real more) {
    Real *restrict value = b->value[a], *restrict total = b->total;
    if (more != R(0.0)) EACH(j) { value[j] = value[j] + more; total[j] = total[j] + more; }
}

INLINE void flow(const Plan *p, Block *b, int64_t t) {
    const Real *income = p->income + t * p->held, *invested = p->invested + t * p->held;
    const Real comes = p->comes[t], goes = p->goes[t], owes = p->owes[t];
    Real *restrict cash = b->cash, *restrict owed = b->owed, *restrict total = b->total;
    for (int64_t a = 0; a < p->held; a++) less(cash, -income[a], b->value[a]);
    EACH(j) cash[j] = (cash[j] + comes) - goes;
    if (owes != R(0.0)) EACH(j) owed[j] = owed[j] + owes;
    for (int64_t a = 0; a < p->held; a++) invest(b, a, invested[a]);
    for (int64_t c = 0; c < p->conditions; c++) {
        if (p->if_step[c] != t) continue;
        const Real amount = p->if_amount[c], *restrict met = b->met[c];
        less(cash, amount, met);
        if (p->if_holding[c] < 0) continue;
        Real *restrict value = b->value[p->if_holding[c]];
        EACH(j) { value[j] = value[j] + met[j] * amount; total[j] = total[j] + met[j] * amount; }
    }
}

INLINE void pledge(const Plan *p, const Block *b, int64_t m, Real *restrict out) {
    EACH(j) out[j] = R(0.0);
    for (int64_t a = 0; a < p->held; a++) {
        const Real part = p->pledged[m * p->held + a], *restrict value = b->value[a];
        if (part != R(0.0)) EACH(j) out[j] = out[j] + part * value[j];
    }
}

INLINE void service(const Plan *p, Block *b, int64_t t) {
    Row secured;
    Whole *restrict was_called = b->was_called;
    EACH(j) was_called[j] = 0;
    for (int64_t d = 0; d < p->debts; d++) less(b->cash, p->coupon[t * p->debts + d], b->debt[d]);
    for (int64_t m = 0; m < p->loans; m++) {
        Real *restrict loan = b->loan[m], *restrict cash = b->cash;
        less(cash, p->interest[m], loan);
        if (p->called_at[m] >= R(NEVER)) continue;
        pledge(p, b, m, secured);
        const Real at = p->called_at[m], to = p->cured_to[m];
        EACH(j) {
            const Whole called = -(Whole)(loan[j] > at * secured[j]);
            const Real cure = called ? loan[j] - to * secured[j] : R(0.0);
            cash[j] = cash[j] - cure;
            loan[j] = loan[j] - cure;
            was_called[j] |= called;
        }
    }
}

INLINE void sum_of_debts(const Plan *p, Block *b) {
    Real *restrict bonds = b->bonds;
    EACH(j) bonds[j] = R(0.0);
    for (int64_t d = 0; d < p->debts; d++) { const Real *restrict debt = b->debt[d]; EACH(j) bonds[j] = bonds[j] + debt[j]; }
}

INLINE void balance(const Plan *p, Block *b) {
    Row secured;
    Real *restrict holdings = b->holdings, *restrict due = b->due;
    EACH(j) { holdings[j] = b->total[j]; due[j] = (b->owed[j] + b->drawn[j]) + b->bonds[j]; }
    for (int64_t m = 0; m < p->loans; m++) {
        const Real *restrict loan = b->loan[m];
        if (p->recourse[m]) { EACH(j) due[j] = due[j] + loan[j]; continue; }
        pledge(p, b, m, secured);
        EACH(j) holdings[j] = holdings[j] - smaller(loan[j], secured[j]);
    }
}

INLINE Real ratio(Real net, Real holdings, Real nothing) {
    const Real owes = larger(net, nothing), none = owes > R(0.0) ? R(HUGE_RATIO) : R(0.0);
    const Real over = smaller(owes / (holdings > R(0.0) ? holdings : R(1.0)), R(HUGE_RATIO));
    return holdings > R(0.0) ? over : none;
}

INLINE void repay(const Plan *p, Block *b, int64_t t) {
    int64_t due = 0;
    for (int64_t d = 0; d < p->debts; d++) due += p->repaid_in[d] == t;
    if (!due) return;
    Row part;
    const Real refinanced = R(p->refinanced), up_to = R(p->refinanced_up_to), nothing = NOTHING;
    balance(p, b);
    EACH(j) part[j] = ratio(b->due[j] - b->cash[j], b->holdings[j], nothing) <= up_to ? refinanced : R(0.0);
    for (int64_t d = 0; d < p->debts; d++) {
        if (p->repaid_in[d] != t) continue;
        Real *restrict debt = b->debt[d], *restrict cash = b->cash;
        EACH(j) { const Real kept = part[j] * debt[j]; cash[j] = cash[j] - (debt[j] - kept); debt[j] = kept; }
    }
    sum_of_debts(p, b);
}

INLINE int positive(const Real *restrict row) {
    Whole found = 0;
    EACH(j) found |= row[j] > R(0.0);
    return found != 0;
}

INLINE void sell(const Plan *p, Block *b) {
    Row free_part;
    const Real nothing = NOTHING;
    Real *restrict cash = b->cash, *restrict need = b->need, *restrict brought = b->brought, *restrict total = b->total;
    for (int64_t s = 0; s < p->places && positive(need); s++) {
        const int64_t a = p->order[s];
        const Real kept = p->kept[s], share = p->most[s] * kept, over = R(1.0) / kept, impact = p->impact[s];
        Real *restrict value = b->value[a];
        EACH(j) free_part[j] = value[j];
        for (int64_t m = 0; m < p->loans; m++)
            if (!p->recourse[m] && p->pledged[m * p->held + a] != R(0.0)) {
                const Real *restrict loan = b->loan[m];
                EACH(j) free_part[j] = free_part[j] - loan[j];
            }
        EACH(j) {
            const Real brings = larger(smaller(free_part[j] * share, need[j]), nothing);
            cash[j] = cash[j] + brings;
            need[j] = need[j] - brings;
            brought[j] = brought[j] + brings;
            free_part[j] = brings * over;
        }
        if (impact == R(0.0)) EACH(j) { value[j] = value[j] - free_part[j]; total[j] = total[j] - free_part[j]; }
        else EACH(j) {
            const Real before = value[j], given = free_part[j];
            const Real rest = larger(R(1.0) - impact * (given / (before > R(0.0) ? before : R(1.0))), nothing), after = (before - given) * rest;
            value[j] = after;
            total[j] = total[j] - (before - after);
        }
    }
}

INLINE void fill(const Plan *p, Block *b, int64_t t) {
    const Real nothing = NOTHING, least = p->floor[t], lines = R(p->lines);
    Real *restrict cash = b->cash, *restrict drawn = b->drawn, *restrict need = b->need, *restrict brought = b->brought;
    EACH(j) { need[j] = larger(least - cash[j], nothing); brought[j] = R(0.0); }
    if (lines != R(0.0)) {
        Whole *restrict was_drawn = b->was_drawn;
        EACH(j) {
            const Real more = smaller(need[j], lines - drawn[j]);
            was_drawn[j] = more > R(0.0);
            cash[j] = cash[j] + more;
            drawn[j] = drawn[j] + more;
            need[j] = need[j] - more;
        }
    }
    sell(p, b);
}

INLINE void reduce(const Plan *p, Block *b) {
    if (p->reduced_above >= NEVER) return;
    const Real above = R(p->reduced_above), to = R(p->reduced_to), over = R(1.0) / (R(1.0) - to);
    const Real *restrict due = b->due, *restrict holdings = b->holdings, *restrict cash = b->cash;
    Real *restrict need = b->need;
    balance(p, b);
    EACH(j) {
        const Real net = due[j] - cash[j], wanted = (net - to * holdings[j]) * over;
        need[j] = net > above * holdings[j] ? wanted : R(0.0);
    }
    sell(p, b);
}

INLINE void measure(const Plan *p, Block *b, int64_t t) {
    Row secured;
    const Real nothing = NOTHING, least = p->floor[t], *restrict due = b->due, *restrict holdings = b->holdings, *restrict cash = b->cash;
    Real *restrict nav = b->measure[0], *restrict leverage = b->measure[1], *restrict unpaid = b->measure[4], *restrict highest = b->highest;
    balance(p, b);
    EACH(j) {
        const Real net = due[j] - cash[j];
        nav[j] = holdings[j] - net;
        leverage[j] = ratio(net, holdings[j], nothing);
        highest[j] = larger(highest[j], leverage[j]);
        unpaid[j] = larger(least - cash[j], nothing);
    }
    memcpy(b->measure[2], b->cash, sizeof(Row));
    if (!b->left) return; /* `tell` knows that the fourth is the second */
    Real *restrict added = b->measure[3], *restrict above = b->need;
    EACH(j) { added[j] = holdings[j]; above[j] = due[j] - cash[j]; }
    for (int64_t m = 0; m < p->loans; m++) {
        if (p->recourse[m]) continue;
        const Real *restrict loan = b->loan[m];
        pledge(p, b, m, secured);
        EACH(j) { added[j] = added[j] + smaller(loan[j], secured[j]); above[j] = above[j] + loan[j]; }
    }
    EACH(j) added[j] = ratio(above[j], added[j], nothing);
}
