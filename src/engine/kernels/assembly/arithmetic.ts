/** Four numbers at a time: multiply-add, and tanh, sigmoid and exp with stated errors. */
import { FUSED } from './variant';

/** a · b + c, rounded once where the variant is fused, else twice. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (FUSED) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * The constants lie in memory and are loaded where they are used: V8's revectorize pass joins pairs of such loads, and no
 * pairs of constants in the code.
 */
const CONSTANTS: usize = memory.data<f32>([
  7.9053111076354980, // 0
  -2.76076847742355e-16, // 1
  2.00018790482477e-13, // 2
  -8.60467152213735e-11, // 3
  5.12229709037114e-08, // 4
  1.48572235717979e-05, // 5
  6.37261928875436e-04, // 6
  4.89352455891786e-03, // 7
  1.19825839466702e-06, // 8
  1.18534705686654e-04, // 9
  2.26843463243900e-03, // 10
  4.89352518554385e-03, // 11
  0.5, // 12
  -87.0, // 13
  88.0, // 14
  1.44269504088896341, // 15
  -0.693359375, // 16
  2.12194440e-4, // 17
  1.9875691500e-4, // 18
  1.3981999507e-3, // 19
  8.3334519073e-3, // 20
  4.1665795894e-2, // 21
  1.6666665459e-1, // 22
  5.0000001201e-1, // 23
  1.0, // 24
  -7.9053111076354980, // 25
  12582912.0, // 26
]);

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + (index << 2));
}

// @ts-ignore: decorator
@inline
export function one4(): v128 {
  return constant(24)
}

/** A rational function of degree 13/6 (coefficients of Eigen's float tanh); largest error 4.2e-7, fused 3e-7. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const limit = constant(0);
  x = f32x4.pmax(f32x4.pmin(x, limit), constant(25));
  const x2 = f32x4.mul(x, x);
  let p = constant(1);
  p = madd(x2, p, constant(2));
  p = madd(x2, p, constant(3));
  p = madd(x2, p, constant(4));
  p = madd(x2, p, constant(5));
  p = madd(x2, p, constant(6));
  p = madd(x2, p, constant(7));
  p = f32x4.mul(x, p);
  let q = constant(8);
  q = madd(x2, q, constant(9));
  q = madd(x2, q, constant(10));
  q = madd(x2, q, constant(11));
  return f32x4.div(p, q);
}

/** σ(x) = ½ tanh(½ x) + ½; largest error 2.3e-7, fused 1.75e-7. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = constant(12);
  return madd(half, tanh4(f32x4.mul(half, x)), half);
}

/**
 * eˣ by x = n ln 2 + r and a polynomial of degree 6 (Cephes' expf); relative error 1.2e-7; 1.6e-38 for everything below −87.
 * Adding 1.5 · 2²³ rounds to the whole number n and leaves it in the low bits, from where it goes into the exponent.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, constant(14)), constant(13));
  const shifted = madd(x, constant(15), constant(26));
  const n = f32x4.sub(shifted, constant(26));
  let r = madd(n, constant(16), x);
  r = madd(n, constant(17), r);
  let p = constant(18);
  p = madd(p, r, constant(19));
  p = madd(p, r, constant(20));
  p = madd(p, r, constant(21));
  p = madd(p, r, constant(22));
  p = madd(p, r, constant(23));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, constant(24)));
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), constant(24)));
}
