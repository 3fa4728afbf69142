// Exact fractions, none of them negative: two equal totals tie here too.

const divisor = (a, b) => (b ? divisor(b, a % b) : a);

const lowest = (n, d) => {
  const common = divisor(n, d);
  return { n: n / common, d: d / common };
};

/** Read "8/5" or "2". */
export const fraction = (text) => {
  const [n, d = "1"] = text.split("/");
  return lowest(BigInt(n), BigInt(d));
};

export const whole = (number) => ({ n: BigInt(number), d: 1n });
const ZERO = whole(0);
export const plus = (a, b) => lowest(a.n * b.d + b.n * a.d, a.d * b.d);
export const less = (a, b) => lowest(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a, b) => lowest(a.n * b.n, a.d * b.d);
/** Divide; a RangeError where `b` is nothing. */
export const over = (a, b) => lowest(a.n * b.d, a.d * b.n || outOfRange());
export const sum = (fractions) => fractions.reduce(plus, ZERO);
/** Negative where `a` is the smaller, 0 where they are equal. */
export const compare = (a, b) => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The nearest number that is written with two decimals, halves upwards. */
export const hundredths = ({ n, d }) => Number((200n * n + d) / (2n * d)) / 100;
export const number = ({ n, d }) => Number(n) / Number(d);

/** The fractions as whole numbers of one unit: many products are then sums of integers. */
export const inOneUnit = (fractions) => {
  const unit = fractions.reduce((all, { d }) => (all / divisor(all, d)) * d, 1n);
  return { unit, counts: fractions.map(({ n, d }) => n * (unit / d)) };
};

const outOfRange = () => {
  throw new RangeError("divided by nothing");
};
