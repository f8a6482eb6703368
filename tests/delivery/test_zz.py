from tests.delivery.wire import *
from tests.services.evening import evening_on
async def test_a(stage, wire):
    t=wire.trouble("answer lost", "POST", rf"/channels/{stage.channel.id}/messages", times=2)
    e=await evening_on(stage, members=("Cem",))
    await stage.env.settle()
    await stage.pass_time(30)
    print(t)
    for s in wire.sent: print(s.at, s.method, s.path, s.body.get("nonce"))
    for r in await rows_of(stage, e.token): print(r)
