//! Two regularised linear learners over sparse rows. Both are deterministic.

/// A sparse row: column and value, each column at most once.
pub type Row = Vec<(u32, f32)>;

/// Product of a row and a dense vector.
pub fn dot(row: &[(u32, f32)], weights: &[f64]) -> f64 {
    row.iter()
        .map(|(c, v)| weights[*c as usize] * f64::from(*v))
        .sum()
}

/// A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et
/// al., "A dual coordinate descent method for large-scale linear SVM", 2008, algorithm 1).
///
/// `rows[i]` has the label `positive[i]` and the cost `cost[i]`; rows of cost 0 are left out. Gives one weight a
/// column.
pub fn support_vector(rows: &[&Row], positive: &[bool], cost: &[f64], columns: usize) -> Vec<f64> {
    const EPOCHS: usize = 40;
    const TOLERANCE: f64 = 1e-3;
    let mut weights = vec![0.0f64; columns];
    let mut alpha = vec![0.0f64; rows.len()];
    let squares: Vec<f64> = rows
        .iter()
        .map(|row| row.iter().map(|(_, v)| f64::from(*v).powi(2)).sum())
        .collect();
    let mut order: Vec<usize> = (0..rows.len()).filter(|&i| cost[i] > 0.0).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut largest = 0.0f64;
        for &i in &order {
            let y = if positive[i] { 1.0 } else { -1.0 };
            let diagonal = 0.5 / cost[i];
            let gradient = y * dot(rows[i], &weights) - 1.0 + diagonal * alpha[i];
            let projected = if alpha[i] == 0.0 {
                gradient.min(0.0)
            } else {
                gradient
            };
            if projected.abs() < 1e-12 {
                continue;
            }
            largest = largest.max(projected.abs());
            let old = alpha[i];
            alpha[i] = (old - gradient / (squares[i] + diagonal)).max(0.0);
            let step = (alpha[i] - old) * y;
            for (c, v) in rows[i] {
                weights[*c as usize] += step * f64::from(*v);
            }
        }
        if largest < TOLERANCE {
            break;
        }
    }
    weights
}

/// Logistic regression with an L2 penalty, by Newton's method with conjugate gradients.
///
/// `target[i]` is a probability (0-1), `cost[i]` a row's weight, `penalty[c]` the strength of a
/// column's penalty. Gives one weight a column.
pub fn logistic(rows: &[Row], target: &[f64], cost: &[f64], penalty: &[f64]) -> Vec<f64> {
    const STEPS: usize = 25;
    let columns = penalty.len();
    let mut weights = vec![0.0f64; columns];
    let loss = |weights: &[f64]| -> f64 {
        let fit: f64 = rows
            .iter()
            .zip(target.iter().zip(cost))
            .map(|(row, (t, c))| {
                let z = dot(row, weights);
                c * (softplus(z) - t * z)
            })
            .sum();
        fit + 0.5
            * weights
                .iter()
                .zip(penalty)
                .map(|(w, p)| p * w * w)
                .sum::<f64>()
    };
    let mut value = loss(&weights);
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(penalty).map(|(w, p)| p * w).collect();
        let mut curvature = Vec::with_capacity(rows.len());
        for (row, (t, c)) in rows.iter().zip(target.iter().zip(cost)) {
            let p = sigmoid(dot(row, &weights));
            curvature.push(c * (p * (1.0 - p)).max(1e-6));
            let error = c * (p - t);
            for (column, v) in row {
                gradient[*column as usize] += error * f64::from(*v);
            }
        }
        let size = norm(&gradient);
        if size < 1e-4 {
            break;
        }
        let direction = solve(rows, &curvature, penalty, &gradient, 0.05 * size);
        let slope: f64 = direction.iter().zip(&gradient).map(|(d, g)| d * g).sum();
        let mut step = 1.0;
        loop {
            let next: Vec<f64> = weights
                .iter()
                .zip(&direction)
                .map(|(w, d)| w - step * d)
                .collect();
            let next_value = loss(&next);
            if next_value <= value - 1e-4 * step * slope || step < 1e-6 {
                weights = next;
                let gain = value - next_value;
                value = next_value;
                if gain < 1e-7 * value.abs() {
                    return weights;
                }
                break;
            }
            step *= 0.5;
        }
    }
    weights
}

/// Conjugate gradients for (XᵀDX + penalty) x = b, to a residual below `tolerance`.
fn solve(rows: &[Row], curvature: &[f64], penalty: &[f64], b: &[f64], tolerance: f64) -> Vec<f64> {
    let apply = |x: &[f64]| -> Vec<f64> {
        let mut out: Vec<f64> = x.iter().zip(penalty).map(|(x, p)| x * p).collect();
        for (row, d) in rows.iter().zip(curvature) {
            let z = d * dot(row, x);
            for (column, v) in row {
                out[*column as usize] += z * f64::from(*v);
            }
        }
        out
    };
    let mut x = vec![0.0; b.len()];
    let mut residual = b.to_vec();
    let mut direction = residual.clone();
    let mut square: f64 = residual.iter().map(|r| r * r).sum();
    for _ in 0..60 {
        if square.sqrt() < tolerance {
            break;
        }
        let image = apply(&direction);
        let step = square
            / direction
                .iter()
                .zip(&image)
                .map(|(d, i)| d * i)
                .sum::<f64>();
        for ((x, r), (d, i)) in x
            .iter_mut()
            .zip(&mut residual)
            .zip(direction.iter().zip(&image))
        {
            *x += step * d;
            *r -= step * i;
        }
        let next: f64 = residual.iter().map(|r| r * r).sum();
        for (d, r) in direction.iter_mut().zip(&residual) {
            *d = r + next / square * *d;
        }
        square = next;
    }
    x
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>().sqrt()
}

/// The logistic function.
pub fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn softplus(z: f64) -> f64 {
    if z > 30.0 { z } else { z.exp().ln_1p() }
}

/// A small generator of pseudo-random numbers (xorshift), seeded always the same.
struct Random(u64);

impl Random {
    fn shuffle(&mut self, values: &mut [usize]) {
        for i in (1..values.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            values.swap(i, (self.0 % (i as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        vec![
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0), (1, 0.8)],
            vec![(0, 1.0), (1, -1.0)],
            vec![(0, 1.0)],
        ]
    }

    #[test]
    fn a_support_vector_machine_separates_what_can_be_separated() {
        let rows = rows();
        let rows: Vec<&Row> = rows.iter().collect();
        let weights = support_vector(&rows, &[true, true, false, false], &[10.0; 4], 2);
        assert!(dot(rows[0], &weights) > 0.5 && dot(rows[1], &weights) > 0.3);
        assert!(dot(rows[2], &weights) < -0.5 && dot(rows[3], &weights) < -0.3);
    }

    #[test]
    fn logistic_regression_finds_the_share_when_there_is_nothing_else() {
        let rows: Vec<Row> = vec![vec![(0, 1.0)]; 4];
        let weights = logistic(&rows, &[1.0, 1.0, 1.0, 0.0], &[1.0; 4], &[1e-9]);
        assert!((sigmoid(weights[0]) - 0.75).abs() < 1e-3);
    }
}
