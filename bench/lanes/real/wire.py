#!/usr/bin/env python3
"""A wire between two network namespaces, played by this program.

Each namespace has a TUN device for its only interface, so the kernels' own TCP meets here. Each direction is a
drop-tail queue, a serialiser with a fixed rate, a propagation delay and jitter; now and then a packet is lost, or the
whole wire is dark for a while. Nothing overtakes anything. Needs Linux, root (CAP_NET_ADMIN and CAP_SYS_ADMIN),
/dev/net/tun and iproute2.

Says one line of JSON when the wire is up: {"server": {"namespace", "address"}, "client": {...}}. Ends, and takes the
namespaces away, when its input ends; then it says what went through: {"down": {...}, "up": {...}}. Down is from the
server to the client.
"""
import argparse
import collections
import contextlib
import fcntl
import gc
import json
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
MTU = 1500
PACKET_BYTES_MAX = 65_536
# Packets that are read before due ones are written.
BURST_MAX = 32
# A sleep ends late by tens of microseconds, so the last of a wait is spent awake.
AWAKE_S = 200e-6
LATE_S = 1e-3

# Other processes of the machine must not hold up the wire.
PRIORITY = 1

Way = collections.namedtuple("Way", "bits_per_s delay_s jitter_s queue_bytes loss_every_s dark")


class Direction:
    """One way of the wire. Moments of departure follow from arrivals alone, so late timers do not add up."""

    def __init__(self, way, seed):
        self.way = way
        self.rng = random.Random(seed)
        self.loss_at = self.next_loss(time.monotonic())
        self.idle_at = 0.0
        self.last_due = 0.0
        self.flying = collections.deque()
        self.stats = dict(packets=0, bytes=0, dropped=0, lost=0, late=0, queueBytesMax=0, lateMsMax=0.0)

    def offer(self, packet, now):
        queued = max(0.0, self.idle_at - now) * self.way.bits_per_s / 8 + len(packet)
        if queued > self.way.queue_bytes:
            self.stats["dropped"] += 1
            return
        self.stats["queueBytesMax"] = max(self.stats["queueBytesMax"], int(queued))
        self.idle_at = max(now, self.idle_at) + len(packet) * 8 / self.way.bits_per_s
        # What is lost has had its time on the wire, as on radio.
        if self.is_lost(now):
            self.stats["lost"] += 1
            return
        due = self.idle_at + self.way.delay_s + self.rng.uniform(0, self.way.jitter_s)
        self.last_due = max(due, self.last_due)
        self.flying.append((self.last_due, packet))

    def is_lost(self, now):
        if any(start <= now < end for start, end in self.way.dark):
            return True
        if now < self.loss_at:
            return False
        self.loss_at = self.next_loss(now)
        return True

    def next_loss(self, now):
        every = self.way.loss_every_s
        return now + self.rng.expovariate(1 / every) if every else float("inf")

    def next_due(self):
        return self.flying[0][0] if self.flying else float("inf")

    def deliver(self, device, now):
        while self.flying and self.flying[0][0] <= now:
            due, packet = self.flying.popleft()
            self.stats["packets"] += 1
            self.stats["bytes"] += len(packet)
            self.stats["late"] += now - due > LATE_S
            self.stats["lateMsMax"] = max(self.stats["lateMsMax"], 1000 * (now - due))
            # A device whose queue is full drops, as devices do.
            with contextlib.suppress(OSError):
                os.write(device, packet)


class End:
    """A namespace with a device that this program reads and writes."""

    def __init__(self, namespace, address, peer_address):
        self.namespace, self.address = namespace, address
        device = "wire0"
        run("ip", "netns", "add", namespace)
        try:
            # Names of devices are of the whole machine until they are moved.
            passing_name = f"tw{os.getpid()}{address[-1]}"
            self.device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            request = struct.pack("16sH", passing_name.encode(), IFF_TUN | IFF_NO_PI)
            fcntl.ioctl(self.device, TUNSETIFF, request)
            run("ip", "link", "set", passing_name, "netns", namespace, "name", device)
            run("ip", "-n", namespace, "link", "set", "lo", "up")
            run("ip", "-n", namespace, "link", "set", device, "mtu", str(MTU), "up")
            run("ip", "-n", namespace, "address", "add", address, "peer", peer_address, "dev", device)
            # Another run must find a kernel that knows nothing of this path.
            run("ip", "netns", "exec", namespace, "sysctl", "-qw", "net.ipv4.tcp_no_metrics_save=1")
        except BaseException:
            self.remove()
            raise

    def remove(self):
        run("ip", "netns", "del", self.namespace)

    def says(self):
        return dict(namespace=self.namespace, address=self.address)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")


def play(ends, ways):
    """Carries packets until the input ends."""
    devices = [end.device for end in ends]
    watched = [*devices, sys.stdin.fileno()]
    while True:
        wait = min(way.next_due() for way in ways) - time.monotonic() - AWAKE_S
        ready = select.select(watched, [], [], None if wait == float("inf") else max(0.0, wait))[0]
        if sys.stdin.fileno() in ready and not os.read(sys.stdin.fileno(), PACKET_BYTES_MAX):
            return
        for device, way in zip(devices, ways):
            if device in ready:
                take(device, way)
        now = time.monotonic()
        for device, way in zip(reversed(devices), ways):
            way.deliver(device, now)


def take(device, way):
    for _ in range(BURST_MAX):
        try:
            way.offer(os.read(device, PACKET_BYTES_MAX), time.monotonic())
        except BlockingIOError:
            return


def stop(*_):
    raise SystemExit(1)


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mbit-down", type=float, required=True)
    parser.add_argument("--mbit-up", type=float, required=True)
    parser.add_argument("--rtt-ms", type=float, required=True)
    parser.add_argument("--jitter-ms", type=float, default=0, help="0 to this much more, each way and packet")
    parser.add_argument("--queue-ms", type=float, default=200, help="at the rate of the direction")
    parser.add_argument("--loss-every-ms", type=float, default=0, help="mean time between losses, each way; 0: none")
    parser.add_argument("--outage-ms", type=outage, action="append", default=[], metavar="START:LASTS", help="from now on")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def outage(text):
    start, lasts = text.split(":")
    return float(start) / 1000, float(lasts) / 1000


def way_of(asked, mbit):
    now = time.monotonic()
    return Way(
        bits_per_s=mbit * 1e6,
        delay_s=asked.rtt_ms / 2000,
        jitter_s=asked.jitter_ms / 1000,
        queue_bytes=max(3 * MTU, mbit * 1e6 / 8 * asked.queue_ms / 1000),
        loss_every_s=asked.loss_every_ms / 1000,
        dark=[(now + start, now + start + lasts) for start, lasts in asked.outage_ms],
    )


def main():
    asked = options()
    ways = [Direction(way_of(asked, mbit), 2 * asked.seed + n) for n, mbit in enumerate((asked.mbit_down, asked.mbit_up))]
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)
    name = f"tickwire-{os.getpid()}"
    ends = []
    try:
        for side, (address, peer) in dict(server=("10.77.0.1", "10.77.0.2"), client=("10.77.0.2", "10.77.0.1")).items():
            ends.append(End(f"{name}-{side}", address, peer))
        print(json.dumps(dict(server=ends[0].says(), client=ends[1].says())), flush=True)
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))
        gc.disable()
        play(ends, ways)
        print(json.dumps(dict(down=ways[0].stats, up=ways[1].stats)))
    finally:
        for end in ends:
            end.remove()


if __name__ == "__main__":
    main()
