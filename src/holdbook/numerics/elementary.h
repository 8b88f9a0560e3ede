/* elementary.py: logarithm, exponential, sine and cosine of sums, products and one division, in either precision. */

#define R(x) ((Real)(x))
INLINE Real as_real(Bits bits) { Real x; memcpy(&x, &bits, sizeof x); return x; }
INLINE Bits as_bits(Real x) { Bits bits; memcpy(&bits, &x, sizeof bits); return bits; }
INLINE Real smaller(Real a, Real b) { return a < b ? a : b; }
INLINE Real larger(Real a, Real b) { return a > b ? a : b; }

#ifdef SINGLE
#define LN2_HIGH 0x1.62e4p-1
#define LN2_LOW 0x1.7f7d1cp-20
#define SHIFT 12582912.0
#define FARTHEST 87.0
#define SMALLEST 0x1p-126
#define MANTISSA_BITS 23
#define BIAS 127u
#define ROOT_HALF 0x3f3504f3u
#define MANTISSA 0x007fffffu
#define LOG_TERMS(z) p = R(0x1.31e2f4p-3); p = p * z + R(0x1.995ebap-3); p = p * z + R(0x1.55557ap-2)
#define EXP_TERMS(x) p = R(0x1.106288p-7); p = p * x + R(0x1.5729f2p-5); p = p * x + R(0x1.5557aep-3); p = p * x + R(0x1.fffdfcp-2)
#define SIN_TERMS(z) s = R(0x1.5cf92ep-19); s = s * z + R(-0x1.9f5ff4p-13); s = s * z + R(0x1.110e6ap-7); s = s * z + R(-0x1.555548p-3)
#define COS_TERMS(z) c = R(0x1.85231ep-16); c = c * z + R(-0x1.6b398ep-10); c = c * z + R(0x1.554fb8p-5); c = c * z + R(-0x1.ffffd2p-2)
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
#define LOG_TERMS(z) \
    p = 0x1.27c817b699a78p-4; p = p * z + 0x1.3a5bab7d80747p-4; p = p * z + 0x1.745f0262f4d0dp-4; p = p * z + 0x1.c71c750f0859fp-4; \
    p = p * z + 0x1.24924917f9095p-3; p = p * z + 0x1.99999999ac799p-3; p = p * z + 0x1.555555555551cp-2
#define EXP_TERMS(x) \
    p = 0x1.26e3bf2fa87e8p-22; p = p * x + 0x1.72e9773c32395p-19; p = p * x + 0x1.a01ba5009c4dep-16; p = p * x + 0x1.a0198cfbdc30bp-13; \
    p = p * x + 0x1.6c16c0b89c433p-10; p = p * x + 0x1.11111125d105bp-7; p = p * x + 0x1.555555558d8f4p-5; \
    p = p * x + 0x1.5555555550711p-3; p = p * x + 0x1.ffffffffffebbp-2
#define SIN_TERMS(z) \
    s = -0x1.93367abac8929p-41; s = s * z + 0x1.6077f7de78a3ep-33; s = s * z + -0x1.ae601d50ac3c1p-26; \
    s = s * z + 0x1.71de2bebeb4f4p-19; s = s * z + -0x1.a01a016a9d3cep-13; s = s * z + 0x1.11111110ae7f6p-7; \
    s = s * z + -0x1.555555555447bp-3
#define COS_TERMS(z) \
    c = -0x1.839651a82ea41p-37; c = c * z + 0x1.1eaf7919db636p-29; c = c * z + -0x1.27e4036234884p-22; \
    c = c * z + 0x1.a019fd6d89842p-16; c = c * z + -0x1.6c16c1629b43bp-10; c = c * z + 0x1.5555555541f9bp-5; \
    c = c * z + -0x1.ffffffffffcfep-2
#endif

INLINE Real logarithm(Real x) {
    const Bits over = as_bits(x) - ROOT_HALF;
#ifdef SINGLE
    const Real exponent = (Real)((int32_t)over >> MANTISSA_BITS);
#else
    /* A small whole number becomes a float by standing in the mantissa of 2^52. */
    const Real exponent = as_real(((over + ((Bits)1024 << 52)) >> 52) | 0x4330000000000000u) - (4503599627370496.0 + 1024.0);
#endif
    const Real mantissa = as_real((over & MANTISSA) + ROOT_HALF);
    const Real s = (mantissa - R(1.0)) / (mantissa + R(1.0)), z = s * s;
    Real p;
    LOG_TERMS(z);
    p = p * z + R(1.0);
    return exponent * R(LN2_HIGH) + (exponent * R(LN2_LOW) + (s + s) * p);
}

INLINE Real exponential(Real x) {
    x = smaller(x, R(FARTHEST));
    x = larger(x, R(-FARTHEST));
    const Real shifted = x * R(0x1.71547652b82fep+0) + R(SHIFT), whole = shifted - R(SHIFT);
    const Real r = (x - whole * R(LN2_HIGH)) - whole * R(LN2_LOW);
    Real p;
    EXP_TERMS(r);
    p = p * r + R(1.0);
    p = p * r + R(1.0);
    return p * as_real((as_bits(shifted) + BIAS) << MANTISSA_BITS);
}

INLINE Real uniform(uint32_t word) { return ((Real)(int32_t)(word & 0x7fffffffu) + R(0.5)) * R(0x1p-31); }
INLINE double chance_of(uint32_t word) { return ((double)(int32_t)(word & 0x7fffffffu) + 0.5) * 0x1p-31; }

INLINE void two_normals(uint32_t radius, uint32_t angle, Real *one, Real *other) {
    const Real length = SQUARE_ROOT(R(-2.0) * logarithm(uniform(radius)));
    const Real turned = as_real(as_bits(length) ^ (Bits)(radius & 0x80000000u) << (MANTISSA_BITS == 23 ? 0 : 32));
    const Real x = (Real)(int32_t)angle * R(0x1.921fb54442d18p-31), z = x * x;
    Real s, c;
    SIN_TERMS(z);
    COS_TERMS(z);
    s = s * z + R(1.0);
    c = c * z + R(1.0);
    *one = turned * c;
    *other = turned * (x * s);
}
