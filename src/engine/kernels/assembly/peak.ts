/**
 * The most multiply-adds a variant can do: a loop whose numbers stay in registers, with as many independent sums as hide
 * the latency: twelve registers, of four numbers or, where pairs are joined, of eight. What a product is held against;
 * nothing in training calls it.
 */
import { madd } from './arithmetic'
import { WIDE } from './tiles'

/**
 * `turns` times s ← s · x + y for every sum s. x (8), y (8) and the sums (96) lie one behind the other from `at`, in bytes;
 * where twelve vectors of four are all there is room for, the second half of the sums stays as it is. Loads and stores go
 * by pairs, as those of the product's tiles do: that is what joins them.
 * @returns multiply-adds done in a turn
 */
export function multiplyAdds(at: usize, turns: i32): i32 {
  const x0 = v128.load(at, 0)
  const x1 = v128.load(at, 16)
  const y0 = v128.load(at, 32)
  const y1 = v128.load(at, 48)
  let s0_0 = v128.load(at, 64)
  let s0_1 = v128.load(at, 80)
  let s1_0 = v128.load(at, 96)
  let s1_1 = v128.load(at, 112)
  let s2_0 = v128.load(at, 128)
  let s2_1 = v128.load(at, 144)
  let s3_0 = v128.load(at, 160)
  let s3_1 = v128.load(at, 176)
  let s4_0 = v128.load(at, 192)
  let s4_1 = v128.load(at, 208)
  let s5_0 = v128.load(at, 224)
  let s5_1 = v128.load(at, 240)
  let s6_0 = v128.load(at, 256)
  let s6_1 = v128.load(at, 272)
  let s7_0 = v128.load(at, 288)
  let s7_1 = v128.load(at, 304)
  let s8_0 = v128.load(at, 320)
  let s8_1 = v128.load(at, 336)
  let s9_0 = v128.load(at, 352)
  let s9_1 = v128.load(at, 368)
  let s10_0 = v128.load(at, 384)
  let s10_1 = v128.load(at, 400)
  let s11_0 = v128.load(at, 416)
  let s11_1 = v128.load(at, 432)
  for (let i = 0; i < turns; i++) {
    s0_0 = madd(s0_0, x0, y0)
    s0_1 = madd(s0_1, x1, y1)
    s1_0 = madd(s1_0, x0, y0)
    s1_1 = madd(s1_1, x1, y1)
    s2_0 = madd(s2_0, x0, y0)
    s2_1 = madd(s2_1, x1, y1)
    s3_0 = madd(s3_0, x0, y0)
    s3_1 = madd(s3_1, x1, y1)
    s4_0 = madd(s4_0, x0, y0)
    s4_1 = madd(s4_1, x1, y1)
    s5_0 = madd(s5_0, x0, y0)
    s5_1 = madd(s5_1, x1, y1)
    if (WIDE == 16) {
      s6_0 = madd(s6_0, x0, y0)
      s6_1 = madd(s6_1, x1, y1)
      s7_0 = madd(s7_0, x0, y0)
      s7_1 = madd(s7_1, x1, y1)
      s8_0 = madd(s8_0, x0, y0)
      s8_1 = madd(s8_1, x1, y1)
      s9_0 = madd(s9_0, x0, y0)
      s9_1 = madd(s9_1, x1, y1)
      s10_0 = madd(s10_0, x0, y0)
      s10_1 = madd(s10_1, x1, y1)
      s11_0 = madd(s11_0, x0, y0)
      s11_1 = madd(s11_1, x1, y1)
    }
  }
  v128.store(at, s0_0, 64)
  v128.store(at, s0_1, 80)
  v128.store(at, s1_0, 96)
  v128.store(at, s1_1, 112)
  v128.store(at, s2_0, 128)
  v128.store(at, s2_1, 144)
  v128.store(at, s3_0, 160)
  v128.store(at, s3_1, 176)
  v128.store(at, s4_0, 192)
  v128.store(at, s4_1, 208)
  v128.store(at, s5_0, 224)
  v128.store(at, s5_1, 240)
  v128.store(at, s6_0, 256)
  v128.store(at, s6_1, 272)
  v128.store(at, s7_0, 288)
  v128.store(at, s7_1, 304)
  v128.store(at, s8_0, 320)
  v128.store(at, s8_1, 336)
  v128.store(at, s9_0, 352)
  v128.store(at, s9_1, 368)
  v128.store(at, s10_0, 384)
  v128.store(at, s10_1, 400)
  v128.store(at, s11_0, 416)
  v128.store(at, s11_1, 432)
  return WIDE == 16 ? 96 : 48
}
