/* elementary.py: logarithm, exponential, sine and cosine of sums, products and one division, in either precision.
 *
 * Even and odd powers are summed apart, in the square w, so that a processor need not wait for either. */

#define R(x) ((Real)(x))
INLINE Real as_real(Bits bits) { Real x; memcpy(&x, &bits, sizeof x); return x; }
INLINE Bits as_bits(Real x) { Bits bits; memcpy(&bits, &x, sizeof bits); return bits; }
/* A whole number in the order of the floats: of those a compiler finds the least of a row lane by lane, of floats one by one. */
INLINE Whole in_order(Whole bits) { return bits ^ ((bits >> (8 * sizeof(Whole) - 1)) & (Whole)(~(Bits)0 >> 1)); }
INLINE Whole ordered(Real x) { return in_order((Whole)as_bits(x)); }
INLINE Real from_ordered(Whole place) { return as_real((Bits)in_order(place)); }
INLINE Real smaller(Real a, Real b) { return a < b ? a : b; }
INLINE Real larger(Real a, Real b) { return a > b ? a : b; }

#ifdef SINGLE
#define LN2_HIGH 0x1.62e43p-1
#define SHIFT 12582912.0
#define FARTHEST 87.0
#define SMALLEST 0x1p-126
#define MANTISSA_BITS 23
#define BIAS 127u
#define ROOT_HALF 0x3f3504f3u
#define MANTISSA 0x007fffffu
#define LOG_EVEN(w) (R(0x1.995ebap-3) * w + R(1.0))
#define LOG_ODD(w) (R(0x1.31e2f4p-3) * w + R(0x1.55557ap-2))
#define EXP_EVEN(w) ((R(0x1.5729f2p-5) * w + R(0x1.fffdfcp-2)) * w + R(1.0))
#define EXP_ODD(w) ((R(0x1.106288p-7) * w + R(0x1.5557aep-3)) * w + R(1.0))
#define SIN_EVEN(w) ((R(0x1.5cf92ep-19) * w + R(0x1.110e6ap-7)) * w + R(1.0))
#define SIN_ODD(w) (R(-0x1.9f5ff4p-13) * w + R(-0x1.555548p-3))
#define COS_EVEN(w) ((R(0x1.85231ep-16) * w + R(0x1.554fb8p-5)) * w + R(1.0))
#define COS_ODD(w) (R(-0x1.6b398ep-10) * w + R(-0x1.ffffd2p-2))
#else
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SHIFT 6755399441055744.0
#define FARTHEST 700.0
#define SMALLEST 0x1p-1022
#define MANTISSA_BITS 52
#define BIAS 1023u
#define ROOT_HALF 0x3fe6a09e667f3bcdu
#define MANTISSA 0x000fffffffffffffu
#define LOG_EVEN(w) (((R(0x1.3a5bab7d80747p-4) * w + R(0x1.c71c750f0859fp-4)) * w + R(0x1.99999999ac799p-3)) * w + R(1.0))
#define LOG_ODD(w) (((R(0x1.27c817b699a78p-4) * w + R(0x1.745f0262f4d0dp-4)) * w + R(0x1.24924917f9095p-3)) * w + R(0x1.555555555551cp-2))
#define EXP_EVEN(w) (((((R(0x1.26e3bf2fa87e8p-22) * w + R(0x1.a01ba5009c4dep-16)) * w + R(0x1.6c16c0b89c433p-10)) * w + \
    R(0x1.555555558d8f4p-5)) * w + R(0x1.ffffffffffebbp-2)) * w + R(1.0))
#define EXP_ODD(w) ((((R(0x1.72e9773c32395p-19) * w + R(0x1.a0198cfbdc30bp-13)) * w + R(0x1.11111125d105bp-7)) * w + \
    R(0x1.5555555550711p-3)) * w + R(1.0))
#define SIN_EVEN(w) (((R(0x1.6077f7de78a3ep-33) * w + R(0x1.71de2bebeb4f4p-19)) * w + R(0x1.11111110ae7f6p-7)) * w + R(1.0))
#define SIN_ODD(w) (((R(-0x1.93367abac8929p-41) * w + R(-0x1.ae601d50ac3c1p-26)) * w + R(-0x1.a01a016a9d3cep-13)) * w + \
    R(-0x1.555555555447bp-3))
#define COS_EVEN(w) (((R(0x1.1eaf7919db636p-29) * w + R(0x1.a019fd6d89842p-16)) * w + R(0x1.5555555541f9bp-5)) * w + R(1.0))
#define COS_ODD(w) (((R(-0x1.839651a82ea41p-37) * w + R(-0x1.27e4036234884p-22)) * w + R(-0x1.6c16c1629b43bp-10)) * w + \
    R(-0x1.ffffffffffcfep-2))
#endif

/* Constants that a compiler must not see through: against one that it knows, it makes of a minimum a comparison and a choice. */
static const volatile Real NOTHING = R(0.0), MOST = R(FARTHEST), LEAST = R(-FARTHEST), LAST = R(BINS - 1.0), RICHEST = R(WORTH_AT_MOST);

/* A processor looks ahead over some hundred operations: a long chain for each number leaves it waiting for a few of them. So logarithm and
 * exponential come in two halves, for two loops over a row. */
INLINE Real log_ratio(Real x) {
    const Real mantissa = as_real(((as_bits(x) - ROOT_HALF) & MANTISSA) + ROOT_HALF);
    return (mantissa - R(1.0)) / (mantissa + R(1.0));
}

INLINE Real log_exponent(Real x) {
    const Bits over = as_bits(x) - ROOT_HALF;
#ifdef SINGLE
    return (Real)((int32_t)over >> MANTISSA_BITS);
#else
    /* A small whole number becomes a float by standing in the mantissa of 2^52. */
    return as_real(((over + ((Bits)1024 << 52)) >> 52) | 0x4330000000000000u) - (4503599627370496.0 + 1024.0);
#endif
}

INLINE Real logarithm(Real s, Real exponent) {
    const Real z = s * s, w = z * z;
    const Real p = LOG_ODD(w) * z + LOG_EVEN(w);
#ifdef SINGLE
    return exponent * R(LN2_HIGH) + (s + s) * p;
#else
    return exponent * LN2_HIGH + (exponent * LN2_LOW + (s + s) * p);
#endif
}

INLINE Real whole_logarithm(Real x) { return logarithm(log_ratio(x), log_exponent(x)); }

INLINE Real exp_shifted(Real x) { return x * R(0x1.71547652b82fep+0) + R(SHIFT); }

INLINE Real exp_rest(Real x, Real shifted) {
    const Real whole = shifted - R(SHIFT);
#ifdef SINGLE
    return x - whole * R(LN2_HIGH);
#else
    return (x - whole * LN2_HIGH) - whole * LN2_LOW;
#endif
}

INLINE Real exponential(Real r, Real shifted) {
    const Real w = r * r, p = EXP_ODD(w) * r + EXP_EVEN(w);
    return p * as_real((as_bits(shifted) + BIAS) << MANTISSA_BITS);
}

INLINE Real uniform(uint32_t word) { return ((Real)(int32_t)(word & 0x7fffffffu) + R(0.5)) * R(0x1p-31); }
INLINE double chance_of(uint32_t word) { return ((double)(int32_t)(word & 0x7fffffffu) + 0.5) * 0x1p-31; }

INLINE void two_normals(Real long_as, uint32_t radius, uint32_t angle, Real *one, Real *other) {
    const Real turned = as_real(as_bits(long_as) ^ (Bits)(radius & 0x80000000u) << (MANTISSA_BITS == 23 ? 0 : 32));
    const Real x = (Real)(int32_t)angle * R(0x1.921fb54442d18p-31), z = x * x, w = z * z;
    const Real s = SIN_ODD(w) * z + SIN_EVEN(w), c = COS_ODD(w) * z + COS_EVEN(w);
    *one = turned * c;
    *other = turned * (x * s);
}
