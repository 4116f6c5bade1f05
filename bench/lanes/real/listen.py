#!/usr/bin/env python3
"""Becomes a program that finds a listening socket at descriptor 3, with a congestion control of the caller's choice.

Usage: listen.py ADDRESS PORT CONGESTION PROGRAM ARGUMENT...

Connections inherit the choice from the socket that accepts them. Only root may choose what is not allowed to everybody
(net.ipv4.tcp_allowed_congestion_control), and no namespace but the first may have it for its default.
"""
import os
import socket
import sys

DESCRIPTOR = 3


def main():
    address, port, congestion, *program = sys.argv[1:]
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, congestion.encode())
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((address, int(port)))
    listening.listen()
    if listening.fileno() != DESCRIPTOR:
        os.dup2(listening.fileno(), DESCRIPTOR)
    os.set_inheritable(DESCRIPTOR, True)
    os.execvp(program[0], program)


if __name__ == "__main__":
    main()
