"""Writes the messages of Spark Connect, as PySpark carries them, into one file that Parley reads.

Run as: python data/spark/protocol/dump-protocol.py, in an environment with the packages pyspark and protobuf.
"""

import os
import sys
import types

import pyspark
from google.protobuf.descriptor_pb2 import FileDescriptorSet


def import_messages():
    """Imported the usual way they would ask for pandas and pyarrow, which nothing here needs."""
    root = os.path.dirname(pyspark.__file__)
    for name in ("pyspark.sql", "pyspark.sql.connect", "pyspark.sql.connect.proto"):
        module = types.ModuleType(name)
        module.__path__ = [os.path.join(root, *name.split(".")[1:])]
        sys.modules[name] = module
    from pyspark.sql.connect.proto import base_pb2

    return base_pb2.DESCRIPTOR


def collect(file, found):
    """Files come behind those that they need."""
    if file.name in found:
        return
    for needed in file.dependencies:
        collect(needed, found)
    found[file.name] = file


def main():
    files = {}
    collect(import_messages(), files)
    written = FileDescriptorSet()
    for file in files.values():
        file.CopyToProto(written.file.add())
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spark-connect.binpb")
    with open(path, "wb") as output:
        output.write(written.SerializeToString())
    print(f"PySpark {pyspark.__version__}: {len(files)} files of messages in {path}")


if __name__ == "__main__":
    main()
