;; Adds histograms of one segment to the totals of a stream, two cells at a time: what addHistograms in add.ts does, to
;; the same bits. The memory is filled and emptied by histogram-kernel.ts. `npm run kernel` compiles it.
(module
  (memory (export "memory") 1)

  ;; places: pairs of i32, a series' first cell in `cells` and its index in the totals. All others point to float64s.
  (func (export "add")
    (param $places i32) (param $count i32) (param $cells i32) (param $totals i32) (param $lows i32)
    ;; How many counts a series has: sum, min and max follow, and if `exact` what rounding the sum lost.
    (param $buckets i32) (param $exact i32)
    (local $last i32) (local $pairs_end i32) (local $counts_end i32) (local $index i32)
    (local $cell i32) (local $total i32) (local $low i32)
    (local $counts v128) (local $none v128) (local $most v128)
    (local $value f64) (local $before f64) (local $after f64) (local $part f64) (local $lost f64)

    (local.set $most (f64x2.splat (f64.const 0x1p50)))
    (local.set $last (i32.add (local.get $places) (i32.shl (local.get $count) (i32.const 3))))
    (block $done
      (loop $series
        (br_if $done (i32.ge_u (local.get $places) (local.get $last)))
        (local.set $index (i32.load offset=4 (local.get $places)))
        (local.set $cell
          (i32.add (local.get $cells) (i32.shl (i32.load (local.get $places)) (i32.const 3))))
        (local.set $total
          (i32.add
            (local.get $totals)
            (i32.shl
              (i32.mul (local.get $index) (i32.add (local.get $buckets) (i32.const 3)))
              (i32.const 3))))
        (local.set $low (i32.add (local.get $lows) (i32.shl (local.get $index) (i32.const 3))))
        (local.set $counts_end
          (i32.add (local.get $cell) (i32.shl (local.get $buckets) (i32.const 3))))
        (local.set $pairs_end
          (i32.add (local.get $cell) (i32.shl (i32.and (local.get $buckets) (i32.const -2)) (i32.const 3))))

        ;; A cell that is no count (see count.ts) becomes zero.
        (block $paired
          (loop $pair
            (br_if $paired (i32.ge_u (local.get $cell) (local.get $pairs_end)))
            (local.set $counts (v128.load (local.get $cell)))
            (v128.store (local.get $total)
              (f64x2.add
                (v128.load (local.get $total))
                (v128.and
                  (local.get $counts)
                  (v128.and
                    (f64x2.ge (local.get $counts) (local.get $none))
                    (v128.and
                      (f64x2.le (local.get $counts) (local.get $most))
                      (f64x2.eq (f64x2.floor (local.get $counts)) (local.get $counts)))))))
            (local.set $cell (i32.add (local.get $cell) (i32.const 16)))
            (local.set $total (i32.add (local.get $total) (i32.const 16)))
            (br $pair)))
        (if (i32.lt_u (local.get $cell) (local.get $counts_end))
          (then
            (local.set $value (f64.load (local.get $cell)))
            (if (i32.and
                  (f64.ge (local.get $value) (f64.const 0))
                  (i32.and
                    (f64.le (local.get $value) (f64.const 0x1p50))
                    (f64.eq (f64.floor (local.get $value)) (local.get $value))))
              (then
                (f64.store (local.get $total) (f64.add (f64.load (local.get $total)) (local.get $value)))))
            (local.set $cell (i32.add (local.get $cell) (i32.const 8)))
            (local.set $total (i32.add (local.get $total) (i32.const 8)))))

        ;; The sum: as in exact-sum.ts. A float that is not equal to itself is NaN.
        (local.set $value (f64.load (local.get $cell)))
        (if (f64.eq (local.get $value) (local.get $value))
          (then
            (local.set $lost (f64.const 0))
            (if (local.get $exact)
              (then (local.set $lost (f64.load offset=24 (local.get $cell)))))
            (local.set $before (f64.load (local.get $total)))
            (if (f64.eq (local.get $before) (local.get $before))
              (then
                (local.set $after (f64.add (local.get $before) (local.get $value)))
                (local.set $part (f64.sub (local.get $after) (local.get $before)))
                (f64.store (local.get $total) (local.get $after))
                (f64.store (local.get $low)
                  (if (result f64) (f64.lt (f64.abs (local.get $after)) (f64.const inf))
                    (then
                      (f64.add
                        (f64.add
                          (f64.load (local.get $low))
                          (f64.add
                            (f64.sub (local.get $before) (f64.sub (local.get $after) (local.get $part)))
                            (f64.sub (local.get $value) (local.get $part))))
                        (local.get $lost)))
                    (else (f64.const 0)))))
              (else
                (f64.store (local.get $total) (local.get $value))
                (f64.store (local.get $low) (local.get $lost))))))

        ;; The smallest and the largest.
        (local.set $value (f64.load offset=8 (local.get $cell)))
        (if (f64.lt (local.get $value) (f64.load offset=8 (local.get $total)))
          (then (f64.store offset=8 (local.get $total) (local.get $value))))
        (local.set $value (f64.load offset=16 (local.get $cell)))
        (if (f64.gt (local.get $value) (f64.load offset=16 (local.get $total)))
          (then (f64.store offset=16 (local.get $total) (local.get $value))))

        (local.set $places (i32.add (local.get $places) (i32.const 8)))
        (br $series)))))
