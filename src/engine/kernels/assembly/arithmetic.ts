/** Four numbers at a time: multiply-add, and tanh, sigmoid and exp with stated errors. */
import { FUSED } from './variant';

/** a · b + c, rounded once where the variant is fused, else twice. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (FUSED) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Beyond this, tanh is ±1 in float32. */
const TANH_LIMIT: f32 = 7.9053111076354980;

/** A rational function of degree 13/6 (coefficients of Eigen's float tanh); largest error 2.7e-7. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const limit = f32x4.splat(TANH_LIMIT);
  x = f32x4.max(f32x4.min(x, limit), f32x4.neg(limit));
  const x2 = f32x4.mul(x, x);
  let p = f32x4.splat(-2.76076847742355e-16);
  p = madd(x2, p, f32x4.splat(2.00018790482477e-13));
  p = madd(x2, p, f32x4.splat(-8.60467152213735e-11));
  p = madd(x2, p, f32x4.splat(5.12229709037114e-08));
  p = madd(x2, p, f32x4.splat(1.48572235717979e-05));
  p = madd(x2, p, f32x4.splat(6.37261928875436e-04));
  p = madd(x2, p, f32x4.splat(4.89352455891786e-03));
  p = f32x4.mul(x, p);
  let q = f32x4.splat(1.19825839466702e-06);
  q = madd(x2, q, f32x4.splat(1.18534705686654e-04));
  q = madd(x2, q, f32x4.splat(2.26843463243900e-03));
  q = madd(x2, q, f32x4.splat(4.89352518554385e-03));
  return f32x4.div(p, q);
}

/** σ(x) = ½ tanh(½ x) + ½; largest error 1.5e-7. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return madd(half, tanh4(f32x4.mul(half, x)), half);
}

/** eˣ by x = n ln 2 + r and a polynomial of degree 6 (Cephes' expf); relative error 8e-8; 0 far below. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const low = f32x4.splat(-87.0);
  const isGone = f32x4.lt(x, low);
  x = f32x4.max(f32x4.min(x, f32x4.splat(88.0)), low);
  const n = f32x4.floor(madd(x, f32x4.splat(1.44269504088896341), f32x4.splat(0.5)));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1.0)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), isGone);
}
