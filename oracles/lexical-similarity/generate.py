"""Cosine similarities of TF-IDF vectors over character n-grams, by scikit-learn. Writes values.json.

Every query's grams are put into the vocabulary, because Assay lets grams that no text holds count in the query's length.
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.feature_extraction.text import CountVectorizer

texts = [
    "what is the capital of france",
    "which river flows through paris",
    "a train leaves at noon and travels for three hours",
    "how many hours does the train travel",
    "name the largest planet of the solar system",
    "la ville de lyon est en france",
]
queries = ["what is the capital of spain", "a train ride of five hours", "quantum chromodynamics", "of"]


def vectors(counts, idf):
    weights = numpy.where(counts > 0, (1 + numpy.log(numpy.maximum(counts, 1))) * idf, 0)
    length = numpy.linalg.norm(weights, axis=1, keepdims=True)
    return weights / numpy.where(length == 0, 1, length)


counter = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit(texts + queries)
collection = counter.transform(texts).toarray()
idf = numpy.log((1 + len(texts)) / (1 + (collection > 0).sum(axis=0))) + 1
similarities = vectors(counter.transform(queries).toarray(), idf) @ vectors(collection, idf).T
target = pathlib.Path(__file__).with_name("values.json")
record = {
    "source": f"scikit-learn {sklearn.__version__} CountVectorizer(analyzer='char_wb', ngram_range=(3, 5)), "
    "sublinear tf and smoothed idf of TfidfTransformer; oracles/lexical-similarity/generate.py",
    "texts": texts,
    "queries": queries,
    "similarities": similarities.tolist(),
}
target.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
