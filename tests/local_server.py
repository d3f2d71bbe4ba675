"""An OpenAI-compatible server of llama.cpp on this machine: ``python -m tests.local_server MODEL.gguf``.

Prints its address, then serves until it is ended.
"""

import sys
import time

import xllamacpp


def serve(model: str, *, context_tokens: int = 4096, reply_tokens: int = 200) -> None:
    """Serve a GGUF file at a free port; a reply is cut at ``reply_tokens``."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = context_tokens
    params.n_predict = reply_tokens
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # more wait for each other on a busy machine
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    serve(sys.argv[1])
