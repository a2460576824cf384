"""Writes outside-figures.json: what scikit-learn and scipy give for made-up samples that SharedStream.cs draws in the same way.

Needs scikit-learn and scipy (Debian: python3-sklearn, python3-scipy). Run in this folder: python3 outside_figures.py
"""
import json
import math

import numpy as np
from scipy import optimize, stats
from sklearn import metrics

MASK = (1 << 64) - 1


class SharedStream:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 11) / (1 << 53)


def draw(name, seed, count, share, steps, one):
    stream = SharedStream(seed)
    scores, others, labels, weights = [], [], [], []
    for i in range(count):
        positive = i == 17 if one else stream.next() < share
        shift = 1.25 if positive else 0.0
        score = stream.next() * 6 - 3 + shift
        other = stream.next() * 6 - 3 + 0.75 * shift
        if steps:
            score, other = math.floor(score * steps) / steps, math.floor(other * steps) / steps
        scores.append(score)
        others.append(other)
        labels.append(positive)
        weights.append(math.floor(stream.next() * 3))
    return binary(name, seed, share, steps, one, np.array(scores), np.array(others), np.array(labels), np.array(weights))


def binary(name, seed, share, steps, one, scores, others, labels, weights):
    p = 1 / (1 + np.exp(-scores))
    flagged = scores >= 0.5
    right, other_right = flagged == labels, (others >= 0.5) == labels
    b, c = int(np.sum(right & ~other_right)), int(np.sum(other_right & ~right))
    wilson = stats.binomtest(int(np.sum(right)), len(right)).proportion_ci(method="wilson")
    slope, intercept = platt(scores, labels)
    log_p = np.stack([np.log(p), np.log1p(-p)], axis=1)
    precision, _, thresholds = metrics.precision_recall_curve(labels, scores)
    weighted = labels[weights > 0]
    return {
        "name": name, "seed": seed, "count": len(scores), "share": share, "steps": steps, "onePositive": one,
        "averagePrecision": metrics.average_precision_score(labels, scores),
        "rocAuc": metrics.roc_auc_score(labels, scores),
        "thresholds": len(thresholds), "sumOfPrecisions": math.fsum(precision),
        "weightedAveragePrecision": metrics.average_precision_score(labels, scores, sample_weight=weights) if weighted.any() else None,
        "weightedRocAuc": metrics.roc_auc_score(labels, scores, sample_weight=weights) if weighted.any() else None,
        "logLoss": metrics.log_loss(labels, p), "brier": metrics.brier_score_loss(labels, p),
        "f1": metrics.f1_score(labels, flagged), "matthews": metrics.matthews_corrcoef(labels, flagged),
        "mcNemar": {"baselineOnly": b, "runOnly": c, "pValue": min(1, 2 * stats.binom.cdf(min(b, c), b + c, 0.5))},
        "accuracyInterval": [wilson.low, wilson.high],
        "platt": {"slope": slope, "intercept": intercept},
        "temperature": temperature(log_p, np.where(labels, 0, 1)),
    }


def platt(scores, labels):
    positives, negatives = labels.sum(), (~labels).sum()
    targets = np.where(labels, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(x):
        logit = x[0] * scores + x[1]
        return np.sum(np.logaddexp(0, logit) - targets * logit)

    def gradient(x):
        error = 1 / (1 + np.exp(-(x[0] * scores + x[1]))) - targets
        return np.array([np.sum(error * scores), np.sum(error)])

    def hessian(x):
        q = 1 / (1 + np.exp(-(x[0] * scores + x[1])))
        w = q * (1 - q)
        return np.array([[np.sum(w * scores * scores), np.sum(w * scores)], [np.sum(w * scores), np.sum(w)]])

    start = np.array([0.0, math.log((positives + 1) / (negatives + 1))])
    root = optimize.root(gradient, optimize.minimize(loss, start, jac=gradient, method="BFGS").x, jac=hessian, tol=1e-14).x
    return float(root[0]), float(root[1])


def temperature(log_p, truth):
    def slope(beta):
        z = beta * log_p
        weights = np.exp(z - z.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        return float(np.sum((weights * log_p).sum(axis=1) - log_p[np.arange(len(truth)), truth]))

    if slope(1e-3) > 0:
        return 1e3  # surer than right everywhere: the end of the range
    return 1 / optimize.brentq(slope, 1e-3, 1e3, xtol=1e-15, rtol=1e-14)


def several(seed, count, labels):
    stream = SharedStream(seed)
    truth = np.array([math.floor(stream.next() * labels) for _ in range(count)])
    logits = np.array([[stream.next() * 4 + (2.5 if j == truth[i] else 0) for j in range(labels)] for i in range(count)])
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    odds = log_p - np.log1p(-p)
    hot = np.eye(labels)[truth]
    batch = log_p - log_p.mean(axis=0)
    batch -= np.log(np.exp(batch).sum(axis=1, keepdims=True))
    predicted = p.argmax(axis=1)
    return {
        "seed": seed, "count": count, "labels": labels,
        "accuracy": metrics.accuracy_score(truth, predicted), "macroF1": metrics.f1_score(truth, predicted, average="macro"),
        "macroAveragePrecision": metrics.average_precision_score(hot, odds, average="macro"),
        "weightedAveragePrecision": metrics.average_precision_score(hot, odds, average="weighted"),
        "microAveragePrecision": metrics.average_precision_score(hot.ravel(), odds.ravel()),
        "logLoss": metrics.log_loss(truth, p), "brier": float(np.mean(np.sum((p - hot) ** 2, axis=1))),
        "temperature": temperature(log_p, truth), "batchLogLoss": metrics.log_loss(truth, np.exp(batch)),
    }


figures = {
    "binary": [
        draw("ties", 1, 500, 0.3, 4, False),
        draw("heavy imbalance", 2, 5000, 0.01, 0, False),
        draw("one positive", 3, 200, 0, 0, True),
        draw("large", 4, 100_000, 0.15, 0, False),
    ],
    "several": several(5, 2000, 20),
}
with open("outside-figures.json", "w") as file:
    json.dump(figures, file, indent=2)
    file.write("\n")
