package main

import (
	"encoding/binary"
	"fmt"
	"net"
)

const (
	prefaceSize     = 24 // of what a client sends before its first frame
	frameHeaderSize = 9
	pingType        = 6
	ackFlag         = 1
)

// pingTeller is a listener that prints "ping N" for each PING frame, answers left out, that the client of its Nth
// connection sends: grpc-go itself tells nobody.
type pingTeller struct {
	net.Listener
	accepted int
}

func (t *pingTeller) Accept() (net.Conn, error) {
	connection, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	t.accepted++
	return &toldConnection{Conn: connection, number: t.accepted, skip: prefaceSize}, nil
}

// toldConnection follows the frames by their headers.
type toldConnection struct {
	net.Conn
	number int
	skip   int    // bytes until the next header
	header []byte // what came of it
}

func (c *toldConnection) Read(buffer []byte) (int, error) {
	size, err := c.Conn.Read(buffer)
	c.follow(buffer[:size])
	return size, err
}

func (c *toldConnection) follow(bytes []byte) {
	for len(bytes) > 0 {
		passed := min(c.skip, len(bytes))
		c.skip -= passed
		bytes = bytes[passed:]
		taken := min(frameHeaderSize-len(c.header), len(bytes))
		c.header = append(c.header, bytes[:taken]...)
		bytes = bytes[taken:]
		if len(c.header) == frameHeaderSize {
			c.tell()
		}
	}
}

func (c *toldConnection) tell() {
	if c.header[3] == pingType && c.header[4]&ackFlag == 0 {
		fmt.Println("ping", c.number)
	}
	c.skip = int(binary.BigEndian.Uint32(c.header) >> 8)
	c.header = c.header[:0]
}
