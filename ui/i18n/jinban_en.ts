<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="zh_CN">
<context>
    <name>AppointmentScreen</name>
    <message>
        <source>哪天来方便？</source>
        <translation>Which day suits you?</translation>
    </message>
    <message>
        <source>，到：</source>
        <translation>, at: </translation>
    </message>
    <message>
        <source>请选时间</source>
        <translation>Choose a time</translation>
    </message>
    <message>
        <source>就记 %1</source>
        <translation>Note %1</translation>
    </message>
    <message>
        <source>就约 %1</source>
        <translation>Book %1</translation>
    </message>
    <message>
        <source>先不约</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>正在看哪些时间有空</source>
        <translation>Looking for free times</translation>
    </message>
    <message>
        <source>现在没有网络，先记下您想哪天来，接通以后为您预约。</source>
        <translation>There is no network now. We note when you would like to come and book it once it is back.</translation>
    </message>
    <message>
        <source>约上没有，在任何一台这样的机器上刷身份证能看到。</source>
        <translation>Whether it is booked you can see at any of these machines with your ID card.</translation>
    </message>
</context>
<context>
    <name>ArticlesScreen</name>
    <message>
        <source>政策和常见问题</source>
        <translation>Policies and common questions</translation>
    </message>
    <message>
        <source>存在这台机器里，没有网络也能看。具体以部门最新公布的为准。</source>
        <translation>Kept on this machine, to be read without a network. What the office published last is what counts.</translation>
    </message>
    <message>
        <source>返回列表</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>政策</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>常见问题</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>公告</source>
        <translation>Announcement</translation>
    </message>
    <message>
        <source>想知道什么？例如：异地就医</source>
        <translation>Search, for example: hospital</translation>
    </message>
    <message>
        <source>这里还没有文章。</source>
        <translation>There is nothing to read here yet.</translation>
    </message>
    <message>
        <source>没有找到“%1”。换个说法试试，或者打 %2 问一问。</source>
        <translation>Nothing found for “%1”. Try other words, or call %2.</translation>
    </message>
    <message>
        <source>%1 · %2 · 数据截至 %3</source>
        <translation>%1 · %2 · as of %3</translation>
    </message>
    <message>
        <source>来源：%1</source>
        <translation>Source: %1</translation>
    </message>
    <message>
        <source>数据截至 %1</source>
        <translation>As of %1</translation>
    </message>
    <message>
        <source>这里能办的</source>
        <translation>What can be done here</translation>
    </message>
</context>
<context>
    <name>AttractScreen</name>
    <message>
        <source>咨询投诉电话 %1</source>
        <translation>Questions and complaints: %1</translation>
    </message>
    <message>
        <source>家门口的事，
在这里就能办</source>
        <translation>Close to home:
get it done here</translation>
    </message>
    <message>
        <source>低保、养老、残疾人补贴、就业……带上身份证，一步一步跟着屏幕走。没有网络也能办。</source>
        <translation>Living allowance, pension, disability support, jobs … bring your ID card and follow the screen step by step. It works without a network, too.</translation>
    </message>
    <message>
        <source>点这里，开始办事</source>
        <translation>Touch here to begin</translation>
    </message>
    <message>
        <source>读卡区有一张忘了拿的身份证，请交给工作人员。</source>
        <translation>An ID card was left on the reader. Please give it to the staff.</translation>
    </message>
    <message>
        <source>刚才机器出了点问题，现在好了。没办完的，刷同一张身份证接着办。问题编号 %1</source>
        <translation>The machine had a problem just now and is working again. To go on where you stopped, tap the same ID card. Problem number %1</translation>
    </message>
    <message>
        <source>工作人员</source>
        <translation>Staff</translation>
    </message>
</context>
<context>
    <name>CardScreen</name>
    <message>
        <source>请按证件填写</source>
        <translation>Please copy it from the document</translation>
    </message>
    <message>
        <source>请刷身份证，查看您的办件</source>
        <translation>Please tap your ID card to see your cases</translation>
    </message>
    <message>
        <source>请把身份证放在读卡区</source>
        <translation>Please lay your ID card on the reader</translation>
    </message>
    <message>
        <source>本人身份证、居住证或外国人永久居留证都可以。</source>
        <translation>A resident ID card, a residence permit or a foreigner&apos;s permanent residence card.</translation>
    </message>
    <message>
        <source>只用来以后认出是您来查答复，处理意见的人看不到您的姓名和号码。</source>
        <translation>It only lets you ask for the answer later. Whoever deals with it sees neither your name nor your number.</translation>
    </message>
    <message>
        <source>确认身份</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>没有带卡</source>
        <translation>No card with me</translation>
    </message>
    <message>
        <source>平放在亮灯的读卡区，不要移动</source>
        <translation>Lay it flat on the lit reader and leave it there</translation>
    </message>
    <message>
        <source>正在读取，请不要拿开</source>
        <translation>Reading, please leave it there</translation>
    </message>
    <message>
        <source>读好了，请收好您的身份证</source>
        <translation>Done. Please take your ID card</translation>
    </message>
    <message>
        <source>没有芯片的证件、孩子或卡坏了，请找身旁的工作人员，一样能办。</source>
        <translation>A document without a chip, a child, a broken card? Ask the staff here: it can be done all the same.</translation>
    </message>
</context>
<context>
    <name>CaseScreen</name>
    <message>
        <source>现在就补正</source>
        <translation>Correct it now</translation>
    </message>
    <message>
        <source>换个时间</source>
        <translation>Another time</translation>
    </message>
    <message>
        <source>去缴费</source>
        <translation>Pay</translation>
    </message>
    <message>
        <source>补打回执</source>
        <translation>Print the receipt again</translation>
    </message>
    <message>
        <source>打印部门文书</source>
        <translation>Print the authority&apos;s paper</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>受理号</source>
        <translation>Acceptance number</translation>
    </message>
    <message>
        <source>交上来的时间</source>
        <translation>Handed in</translation>
    </message>
    <message>
        <source>这件是在别的机器上交的。</source>
        <translation>This was handed in at another machine.</translation>
    </message>
    <message>
        <source>送到部门</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>我们最迟%1送到</source>
        <translation>We deliver it by %1 at the latest</translation>
    </message>
    <message>
        <source>结果怎么拿</source>
        <translation>How the result comes</translation>
    </message>
    <message>
        <source>预约</source>
        <translation>Appointment</translation>
    </message>
    <message>
        <source>费用（已缴）</source>
        <translation>Fee (paid)</translation>
    </message>
    <message>
        <source>费用（还没缴）</source>
        <translation>Fee (not paid yet)</translation>
    </message>
    <message>
        <source>%1 元</source>
        <translation>%1 yuan</translation>
    </message>
    <message>
        <source>这件需要工作人员处理一下，材料都在，没有丢。</source>
        <translation>This case needs a member of staff. Everything is here, nothing is lost.</translation>
    </message>
    <message>
        <source>请找工作人员，或者打 %1。</source>
        <translation>Please ask the staff or call %1.</translation>
    </message>
    <message>
        <source>部门请您补正这些</source>
        <translation>The authority asks you to correct this</translation>
    </message>
    <message>
        <source>部门的说明</source>
        <translation>What the authority says</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打好了，请在出纸口取走。</source>
        <translation>Printed. Please take it from the slot.</translation>
    </message>
    <message>
        <source>上次的纸没有打出来。</source>
        <translation>The paper could not be printed last time.</translation>
    </message>
    <message>
        <source>上次的纸不知道打出来没有。</source>
        <translation>We do not know whether the paper came out last time.</translation>
    </message>
    <message>
        <source>现在可以打了，请点下面的按钮。</source>
        <translation>It can be printed now: touch the button below.</translation>
    </message>
    <message>
        <source>如果没有拿到，可以再打一张。</source>
        <translation>If you do not have it, you can print another.</translation>
    </message>
</context>
<context>
    <name>DeliveryScreen</name>
    <message>
        <source>办好以后，结果怎么给您？</source>
        <translation>How should the result come to you?</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>办好后带身份证到：%1</source>
        <translation>When it is ready, come with your ID card to: %1</translation>
    </message>
    <message>
        <source>代领的人带双方身份证和委托书到：%1</source>
        <translation>They come with both ID cards and a mandate to: %1</translation>
    </message>
    <message>
        <source>收件人</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>代领人的姓名</source>
        <translation>Name of who fetches it</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>寄到哪里</source>
        <translation>Where to send it</translation>
    </message>
    <message>
        <source>这一项要填</source>
        <translation>Please fill this in</translation>
    </message>
</context>
<context>
    <name>DemoPanel</name>
    <message>
        <source>演示控制</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>把身份证放到读卡区</source>
        <translation>Lay a card on the reader</translation>
    </message>
    <message>
        <source>拿开：</source>
        <translation>Take away: </translation>
    </message>
    <message>
        <source>线路通着：点一下断开</source>
        <translation>Line is up: touch to cut it</translation>
    </message>
    <message>
        <source>线路断了：点一下恢复</source>
        <translation>Line is down: touch to restore it</translation>
    </message>
    <message>
        <source>打印机有纸：点一下拿走</source>
        <translation>Printer has paper: touch to take it</translation>
    </message>
    <message>
        <source>打印机没纸：点一下加纸</source>
        <translation>Printer has no paper: touch to add some</translation>
    </message>
</context>
<context>
    <name>FaultScreen</name>
    <message>
        <source>回到开头</source>
        <translation>Back to the start</translation>
    </message>
    <message>
        <source>机器出了点问题，不是您的错</source>
        <translation>Something went wrong here; it is not your fault</translation>
    </message>
    <message>
        <source>已经提交的都在，没提交的刷同一张身份证可以接着办。请从头再试一次；还不行，就把下面的号码告诉工作人员。</source>
        <translation>What was handed in is safe; what was not, you can go on with by tapping the same ID card. Please start again; if it fails again, tell the staff the number below.</translation>
    </message>
    <message>
        <source>问题编号 %1</source>
        <translation>Incident number %1</translation>
    </message>
</context>
<context>
    <name>FeedbackScreen</name>
    <message>
        <source>提意见、报差错</source>
        <translation>Feedback and complaints</translation>
    </message>
    <message>
        <source>哪里写得不对？</source>
        <translation>What is wrong?</translation>
    </message>
    <message>
        <source>您要投诉什么？</source>
        <translation>What is your complaint?</translation>
    </message>
    <message>
        <source>您有什么建议？</source>
        <translation>What do you suggest?</translation>
    </message>
    <message>
        <source>已收好，待送出</source>
        <translation>Taken and safe, to be delivered</translation>
    </message>
    <message>
        <source>查答复</source>
        <translation>Read the answer</translation>
    </message>
    <message>
        <source>可以不报姓名。当场给编号，没有网络也收。</source>
        <translation>No name is needed. You get a number at once, with or without a network.</translation>
    </message>
    <message>
        <source>请不要写身份证号码和银行卡号。</source>
        <translation>Please write no ID number and no bank card number.</translation>
    </message>
    <message>
        <source>编号和查询码都在纸条上。有网络时，哪台机器收下的都能查。</source>
        <translation>Number and code are on your slip. With a network, it does not matter which machine took it.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>写好了，交上去</source>
        <translation>Done, hand it in</translation>
    </message>
    <message>
        <source>好了，返回首页</source>
        <translation>Done, back to the start</translation>
    </message>
    <message>
        <source>查一查</source>
        <translation>Look it up</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>再打一张</source>
        <translation>Print another</translation>
    </message>
    <message>
        <source>打印纸条</source>
        <translation>Print the slip</translation>
    </message>
    <message>
        <source>刷身份证查</source>
        <translation>Ask with the ID card</translation>
    </message>
    <message>
        <source>先刷身份证（可以不刷）</source>
        <translation>Tap your ID card first (optional)</translation>
    </message>
    <message>
        <source>是这台机器收的</source>
        <translation>This machine took it</translation>
    </message>
    <message>
        <source>是别的机器收的</source>
        <translation>Another machine took it</translation>
    </message>
    <message>
        <source>办事指南写错了</source>
        <translation>A guide is wrong</translation>
    </message>
    <message>
        <source>多要材料、说法不清、和窗口说的不一样</source>
        <translation>Too many papers, unclear words, not what the office says</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>没人理、推来推去、态度不好、乱收费</source>
        <translation>Nobody answers, sent from door to door, rude, wrong fees</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>怎样办事更方便，请告诉我们</source>
        <translation>How could things be easier? Please tell us</translation>
    </message>
    <message>
        <source>拿着纸条，看看怎么说</source>
        <translation>With your slip, see what was said</translation>
    </message>
    <message>
        <source>请写下来</source>
        <translation>Please write it down</translation>
    </message>
    <message>
        <source>怎么找到您</source>
        <translation>How to reach you</translation>
    </message>
    <message>
        <source>电话或住处都行。不留也会办，答复凭纸条在这里看。</source>
        <translation>Telephone or address. Without it, too, it is dealt with; read the answer here with your slip.</translation>
    </message>
    <message>
        <source>正在打印纸条</source>
        <translation>Printing the slip</translation>
    </message>
    <message>
        <source>纸条打好了，请在出纸口取走。</source>
        <translation>The slip is printed. Please take it from the paper slot.</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>查询码</source>
        <translation>Query code</translation>
    </message>
    <message>
        <source>请收好纸条：有编号和查询码，就能在任何一台这样的机器上看答复。刷您今天用的身份证，不用查询码也能看。</source>
        <translation>Please keep the slip: number and query code show the answer at any machine like this. With the ID card you used today, no code is needed.</translation>
    </message>
    <message>
        <source>请收好纸条：有编号和查询码，就能在任何一台这样的机器上看答复。</source>
        <translation>Please keep the slip: number and query code show the answer at any machine like this.</translation>
    </message>
    <message>
        <source>查询码，六位数字；交意见时刷过这张身份证的，可以不输</source>
        <translation>Query code, six digits; not needed if you tapped this ID card then</translation>
    </message>
    <message>
        <source>急事请打 %1。</source>
        <translation>If it is urgent, call %1.</translation>
    </message>
    <message>
        <source>纸条没有打出来，请把编号和查询码记下来。</source>
        <translation>The slip was not printed. Please note number and query code.</translation>
    </message>
    <message>
        <source>正在问县里</source>
        <translation>Asking the county</translation>
    </message>
    <message>
        <source>编号，照纸条上的全部输入</source>
        <translation>The whole number on the slip</translation>
    </message>
    <message>
        <source>例如 T00001A-20261124-00042-X，横线可以不输。</source>
        <translation>For example T00001A-20261124-00042-X; leave out the dashes if you like.</translation>
    </message>
    <message>
        <source>编号里最后的五位数字</source>
        <translation>The last five digits of the number</translation>
    </message>
    <message>
        <source>例如编号是 T00001A-20261124-00042-X，就输 00042。</source>
        <translation>For T00001A-20261124-00042-X type 00042.</translation>
    </message>
    <message>
        <source>查询码，六位数字</source>
        <translation>Query code, six digits</translation>
    </message>
</context>
<context>
    <name>FormScreen</name>
    <message>
        <source>填写申请信息</source>
        <translation>Fill in the form</translation>
    </message>
    <message>
        <source>写“可以不填”的，没有就空着。</source>
        <translation>Leave empty whatever is marked as optional.</translation>
    </message>
    <message>
        <source>这些已经填好，请看看对不对</source>
        <translation>Already filled in: is it right?</translation>
    </message>
    <message>
        <source>第 %1 页，共 %2 页</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>上面的已经填好，请看看对不对，再填下面的。</source>
        <translation>Please check what is filled in already, then fill in the rest.</translation>
    </message>
    <message>
        <source>填好了，继续</source>
        <translation>Done, go on</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>还有 %1 处要改，已经用红字标出来了。</source>
        <translation>To be changed: %1, marked in red.</translation>
    </message>
</context>
<context>
    <name>GoodbyeScreen</name>
    <message>
        <source>退出登录</source>
        <translation>Log out</translation>
    </message>
    <message>
        <source>接着办下一位</source>
        <translation>Next resident</translation>
    </message>
    <message>
        <source>好的</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>已经为您存好</source>
        <translation>It is kept for you</translation>
    </message>
    <message>
        <source>很久没有操作，已经结束</source>
        <translation>Nothing happened for a while, so the visit has ended</translation>
    </message>
    <message>
        <source>谢谢您，办完了</source>
        <translation>Thank you, all done</translation>
    </message>
    <message>
        <source>已经结束</source>
        <translation>The visit has ended</translation>
    </message>
    <message>
        <source>下次还在这台机器刷同一张身份证，就能接着办，保留到 %1。</source>
        <translation>Tap the same ID card on this machine to go on. It is kept until %1.</translation>
    </message>
    <message>
        <source>您的身份证还在读卡区，请拿走。</source>
        <translation>Your ID card is still on the reader. Please take it.</translation>
    </message>
    <message>
        <source>请拿好您的身份证、材料原件和打印的纸。</source>
        <translation>Please take your ID card, your papers and your print-outs.</translation>
    </message>
    <message>
        <source>这台机器上已经没有您的信息。</source>
        <translation>Nothing about you is left on this machine.</translation>
    </message>
    <message>
        <source>存着的都上了锁，只有您的身份证能打开。</source>
        <translation>What is kept is locked; only your card opens it.</translation>
    </message>
</context>
<context>
    <name>GsCamera</name>
    <message>
        <source>请把材料平放在摄像头下面</source>
        <translation>Please lay the document flat below the camera</translation>
    </message>
    <message>
        <source>请把材料平放在摄像头下面，会自己拍</source>
        <translation>Lay the paper flat below the camera; the picture is taken by itself</translation>
    </message>
    <message>
        <source>太暗了，请打开旁边的灯</source>
        <translation>Too dark. Please switch on the lamp beside it</translation>
    </message>
    <message>
        <source>请把纸放平，手拿开</source>
        <translation>Please lay the sheet flat and take your hand away</translation>
    </message>
    <message>
        <source>看到了，别动…</source>
        <translation>Got it, hold still…</translation>
    </message>
    <message>
        <source>放好了，就点“拍照”</source>
        <translation>When it lies well, touch “Take picture”</translation>
    </message>
    <message>
        <source>正在拍…</source>
        <translation>Taking the picture…</translation>
    </message>
    <message>
        <source>拍好了。还有，就换下一张</source>
        <translation>Done. If there are more, lay down the next sheet</translation>
    </message>
    <message>
        <source>这一面是空白的，请翻过来</source>
        <translation>This side is blank, please turn it over</translation>
    </message>
    <message>
        <source>请把身份证放在摄像头下面，有照片的一面朝上</source>
        <translation>Please lay the ID card below the camera, photo side up</translation>
    </message>
    <message>
        <source>请放身份证的另一面</source>
        <translation>Please lay down the other side of the card</translation>
    </message>
    <message>
        <source>请把身份证放平，手拿开</source>
        <translation>Please lay the card flat and take your hand away</translation>
    </message>
    <message>
        <source>这一面拍好了，请翻过来</source>
        <translation>This side is done. Please turn the card over</translation>
    </message>
    <message>
        <source>摄像头现在看到的画面</source>
        <translation>What the camera sees now</translation>
    </message>
    <message>
        <source>正在打开摄像头</source>
        <translation>Opening the camera</translation>
    </message>
    <message>
        <source>已拍 %1 面，共 2 面</source>
        <translation>%1 of 2 sides taken</translation>
    </message>
    <message>
        <source>已拍 %1 页</source>
        <translation>Pages taken: %1</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <source>拍一般的纸</source>
        <translation>Take ordinary sheets</translation>
    </message>
    <message>
        <source>拍身份证两面</source>
        <translation>Take both sides of an ID card</translation>
    </message>
    <message>
        <source>两面印在一张纸上，并写明只供办这一件事使用。</source>
        <translation>Both sides go on one sheet, marked for this application only.</translation>
    </message>
</context>
<context>
    <name>GsCandidates</name>
    <message>
        <source>更多字</source>
        <translation>More</translation>
    </message>
    <message>
        <source>前面的字</source>
        <translation>Earlier</translation>
    </message>
</context>
<context>
    <name>GsCaption</name>
    <message>
        <source>没有声音，请看字</source>
        <translation>No sound. Please read.</translation>
    </message>
</context>
<context>
    <name>GsCaseRow</name>
    <message>
        <source>我们最迟%1送到</source>
        <translation>We deliver it by %1 at the latest</translation>
    </message>
</context>
<context>
    <name>GsChineseNote</name>
    <message>
        <source>中文的文字是办理部门写的，目录里还没有它的英文。</source>
        <translation>Texts in Chinese were written by the department; the catalogue has no English for them yet.</translation>
    </message>
</context>
<context>
    <name>GsCountdown</name>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>为了保护您的信息，%1 秒后会自动结束。</source>
        <translation>To protect your information, the visit ends in %1 seconds.</translation>
    </message>
    <message>
        <source>不办了，结束</source>
        <translation>I am done</translation>
    </message>
    <message>
        <source>还需要时间</source>
        <translation>I need more time</translation>
    </message>
</context>
<context>
    <name>GsDateField</name>
    <message>
        <source>年</source>
        <translation>year</translation>
    </message>
    <message>
        <source>月</source>
        <translation>month</translation>
    </message>
    <message>
        <source>日</source>
        <translation>day</translation>
    </message>
</context>
<context>
    <name>GsDoubt</name>
    <message>
        <source>看看图上的字清不清楚。</source>
        <translation>See whether the words can be read.</translation>
    </message>
    <message>
        <source>看看是不是拿错了。</source>
        <translation>Please check whether it is the right one.</translation>
    </message>
    <message>
        <source>重拍</source>
        <translation>Take it again</translation>
    </message>
    <message>
        <source>重扫</source>
        <translation>Scan it again</translation>
    </message>
    <message>
        <source>照样使用</source>
        <translation>Use it all the same</translation>
    </message>
</context>
<context>
    <name>GsFacts</name>
    <message>
        <source>多久办好</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>收费，见“收费”一栏</source>
        <translation>There is a fee, see &apos;Fees&apos;</translation>
    </message>
    <message>
        <source>不收费</source>
        <translation>Free of charge</translation>
    </message>
    <message>
        <source>要跑几趟</source>
        <translation>How often to come</translation>
    </message>
    <message>
        <source>一趟不用跑</source>
        <translation>Not once</translation>
    </message>
    <message>
        <source>最多 %1 趟</source>
        <translation>Up to %1</translation>
    </message>
    <message>
        <source>哪个部门办</source>
        <translation>Who decides</translation>
    </message>
</context>
<context>
    <name>GsFeedback</name>
    <message>
        <source>编号 %1，%2 收下</source>
        <translation>Number %1, taken on %2</translation>
    </message>
    <message>
        <source>已收好，待送出</source>
        <translation>Taken and safe, to be delivered</translation>
    </message>
    <message>
        <source>县里已经收到，还没有答复。</source>
        <translation>The county has it; there is no answer yet.</translation>
    </message>
    <message>
        <source>%1 答复</source>
        <translation>Answered on %1</translation>
    </message>
    <message>
        <source>过些日子再来看，或者打 %1 报编号问。</source>
        <translation>Come back later, or call %1 with the number.</translation>
    </message>
</context>
<context>
    <name>GsFinishDialog</name>
    <message>
        <source>要先走吗？</source>
        <translation>Leaving already?</translation>
    </message>
    <message>
        <source>要结束吗？</source>
        <translation>End the visit?</translation>
    </message>
    <message>
        <source>已经填的和扫的，可以替您存 %1 天，下次刷同一张身份证接着办。</source>
        <translation>What you filled in and scanned can be kept for %1 days. Tap the same ID card to go on.</translation>
    </message>
    <message>
        <source>这一次填的内容不会留下。</source>
        <translation>What you filled in will not be kept.</translation>
    </message>
    <message>
        <source>结束后，这台机器上不留您的信息。</source>
        <translation>Afterwards nothing about you is left on this machine.</translation>
    </message>
    <message>
        <source>不存，结束</source>
        <translation>End, keep nothing</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>存着，下次再办</source>
        <translation>Keep it for later</translation>
    </message>
    <message>
        <source>继续办</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>GsHandover</name>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>传材料用的二维码</source>
        <translation>Code for sending papers from a phone</translation>
    </message>
    <message>
        <source>正在准备</source>
        <translation>Getting ready</translation>
    </message>
    <message>
        <source>手机连上本点的无线网。</source>
        <translation>Join the Wi-Fi of this service point with your phone.</translation>
    </message>
    <message>
        <source>用手机扫这个二维码，打开网页。</source>
        <translation>Scan this code with your phone and open the page.</translation>
    </message>
    <message>
        <source>拍照，或者选照片、PDF。传好的会出现在这里。</source>
        <translation>Take a photo, or choose pictures or a PDF. What you send appears here.</translation>
    </message>
    <message>
        <source>收到 %1 页。还可以接着传，传完请点“传好了”。</source>
        <translation>%1 pages received. You may send more; when you are done, touch “Done”.</translation>
    </message>
    <message>
        <source>等您的手机传过来。</source>
        <translation>Waiting for your phone.</translation>
    </message>
    <message>
        <source>只传给这台机器，传的时候加了密。</source>
        <translation>It goes to this terminal only, and is encrypted on the way.</translation>
    </message>
    <message>
        <source>正在看 U 盘里有什么</source>
        <translation>Looking at the USB stick</translation>
    </message>
    <message>
        <source>U 盘里没有照片或 PDF。</source>
        <translation>There are no pictures or PDFs on the stick.</translation>
    </message>
    <message>
        <source>再看一次</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>点要交的那个文件。U 盘里的东西不会被改动。</source>
        <translation>Touch the file you want to hand in. Nothing on the stick is changed.</translation>
    </message>
    <message>
        <source>已收到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>正在打开</source>
        <translation>Opening</translation>
    </message>
    <message>
        <source>打不开，请换一个</source>
        <translation>Cannot be opened, please choose another</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>GsHands</name>
    <message>
        <source>填写框</source>
        <translation>field</translation>
    </message>
    <message>
        <source>选项</source>
        <translation>choice</translation>
    </message>
    <message>
        <source>按钮</source>
        <translation>button</translation>
    </message>
    <message>
        <source>还没填</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>已经填了</source>
        <translation>filled in</translation>
    </message>
    <message>
        <source>已选中</source>
        <translation>chosen</translation>
    </message>
</context>
<context>
    <name>GsIdentityForm</name>
    <message>
        <source>证件号码</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>身份证 18 位，最后一位可能是 X</source>
        <translation>18 characters; the last may be an X</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>和证件上的一模一样</source>
        <translation>Exactly as on the document</translation>
    </message>
    <message>
        <source>我已看过证件原件</source>
        <translation>I have seen the original document</translation>
    </message>
    <message>
        <source>没有看过原件，就只算本人口述</source>
        <translation>Without it, the identity counts as stated only</translation>
    </message>
</context>
<context>
    <name>GsKeyboard</name>
    <message>
        <source>按拼音写名字，例如 zhangsan；少数民族姓名的间隔点在下面“·”</source>
        <translation>Write names in pinyin, such as zhangsan; the dot of minority names is &apos;·&apos; below</translation>
    </message>
    <message>
        <source>按拼音写，例如 dibao；也可以只按每个字的第一个字母，例如 sfz</source>
        <translation>Write pinyin, such as dibao, or only first letters, such as sfz</translation>
    </message>
    <message>
        <source>分字</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>大写</source>
        <translation>Capital</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>符号</source>
        <translation>Signs</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>选第一个</source>
        <translation>First</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>姓名间隔点</source>
        <translation>Name dot</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>GsKnownLine</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>GsLanguageSheet</name>
    <message>
        <source>选择语言</source>
        <translation>Choose a language</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>GsLicence</name>
    <message>
        <source>正在核对这张证照</source>
        <translation>Checking this licence</translation>
    </message>
    <message>
        <source>请在手机上打开这张电子证照的二维码，对准扫码口</source>
        <translation>Open the QR code of this e-licence on your phone and hold it to the code reader</translation>
    </message>
    <message>
        <source>有网络，当场就能核对；没有网络，先记下，部门收到后再核对。</source>
        <translation>With a connection it is checked at once; without one it is noted, and the department checks it when it arrives.</translation>
    </message>
    <message>
        <source>用摄像头扫</source>
        <translation>Use the camera</translation>
    </message>
</context>
<context>
    <name>GsMasked</name>
    <message>
        <source>按住看</source>
        <translation>Hold to see</translation>
    </message>
</context>
<context>
    <name>GsMaterialRow</name>
    <message>
        <source>（%1）</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>已扫描 %1 页</source>
        <translation>Pages scanned: %1</translation>
    </message>
    <message>
        <source>已写承诺</source>
        <translation>Promised in writing</translation>
    </message>
    <message>
        <source>已承诺，%1 前补上</source>
        <translation>Promised by %1</translation>
    </message>
    <message>
        <source>可以不交</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>还没有交</source>
        <translation>Not yet handed in</translation>
    </message>
    <message>
        <source>已经有了，不用再交</source>
        <translation>Already held, nothing to hand in</translation>
    </message>
    <message>
        <source>写承诺，以后补</source>
        <translation>Promise it for later</translation>
    </message>
    <message>
        <source>不承诺了</source>
        <translation>Take the promise back</translation>
    </message>
    <message>
        <source>不用这份，我自己交</source>
        <translation>Not this one, I bring my own</translation>
    </message>
    <message>
        <source>查看、重扫</source>
        <translation>Look, scan again</translation>
    </message>
    <message>
        <source>别的办法</source>
        <translation>Other ways</translation>
    </message>
    <message>
        <source>放好了，扫描</source>
        <translation>It is in, scan</translation>
    </message>
</context>
<context>
    <name>GsMemberRow</name>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>GsNextSteps</name>
    <message>
        <source>接下来会怎样</source>
        <translation>What happens next</translation>
    </message>
    <message>
        <source>我们会尽快把您的申请送到办理部门。</source>
        <translation>We deliver your application to the authority as soon as possible.</translation>
    </message>
    <message>
        <source>您的申请已经送到办理部门。</source>
        <translation>Your application has reached the authority.</translation>
    </message>
    <message>
        <source>我们最迟%1送到办理部门，不用您操心。</source>
        <translation>We deliver it to the authority by %1 at the latest; you need do nothing.</translation>
    </message>
    <message>
        <source>部门会先看材料：齐了就受理；缺什么，会一次说清楚。</source>
        <translation>The authority looks at it: complete, it is accepted; if something is missing, you are told everything at once.</translation>
    </message>
    <message>
        <source>没接到消息，请打 %1，报您的编号。</source>
        <translation>If you hear nothing, call %1 and give your number.</translation>
    </message>
    <message>
        <source>回执是收下材料的凭据，不代表受理。</source>
        <translation>The receipt shows that your papers were taken; it does not mean acceptance.</translation>
    </message>
</context>
<context>
    <name>GsNoticeLine</name>
    <message>
        <source>原件 %1 份</source>
        <translation>Originals: %1</translation>
    </message>
    <message>
        <source>复印件 %1 份</source>
        <translation>Copies: %1</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>（%1）</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>没有的话，也可以用：%1</source>
        <translation>Also accepted: %1</translation>
    </message>
    <message>
        <source>在哪里拿：%1</source>
        <translation>Where to get it: %1</translation>
    </message>
    <message>
        <source>写个承诺就能先办，%1 前补上。</source>
        <translation>Promise it in writing and bring it by %1.</translation>
    </message>
    <message>
        <source>依据：%1</source>
        <translation>Legal basis: %1</translation>
    </message>
    <message>
        <source>我符合这一条</source>
        <translation>This is true for me</translation>
    </message>
</context>
<context>
    <name>GsNotices</name>
    <message>
        <source>还有 %1 条通知，点开首页看。</source>
        <translation>%1 more notices on the next page.</translation>
    </message>
</context>
<context>
    <name>GsOpenPrint</name>
    <message>
        <source>不知道打出来没有</source>
        <translation>Nobody knows whether it came out</translation>
    </message>
    <message>
        <source>还没有打出来</source>
        <translation>Not printed yet</translation>
    </message>
    <message>
        <source>请看一看出纸口和打印机里面。打出来了，请交给本人。</source>
        <translation>Please look into the tray and inside the printer. If it is there, hand it to the person.</translation>
    </message>
    <message>
        <source>请看一看出纸口和打印机里面。打出来了，请交给本人；没有的话，请本人再来打一张。</source>
        <translation>Please look into the tray and inside the printer. If it is there, hand it to the person; if not, they can come and print it again.</translation>
    </message>
    <message>
        <source>打印机当时打不了，这张纸一个字也没有打。打印机好了，现在就能打。</source>
        <translation>The printer could not print, and nothing of this paper came out. Once the printer is well it can be printed.</translation>
    </message>
    <message>
        <source>打印机当时打不了。请本人刷卡，在“我的办件”里打印。</source>
        <translation>The printer could not print. The person prints it under “My cases”, with their card.</translation>
    </message>
    <message>
        <source>打出来了</source>
        <translation>It came out</translation>
    </message>
    <message>
        <source>没有，再打一张（补打 %1）</source>
        <translation>No, print another (copy %1)</translation>
    </message>
    <message>
        <source>现在打印</source>
        <translation>Print now</translation>
    </message>
    <message>
        <source>现在打印（补打 %1）</source>
        <translation>Print now (copy %1)</translation>
    </message>
    <message>
        <source>没有打出来，不打了</source>
        <translation>It did not, and is not needed</translation>
    </message>
    <message>
        <source>不打了</source>
        <translation>Not needed</translation>
    </message>
</context>
<context>
    <name>GsPadKey</name>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>退一格</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>GsPage</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>GsPages</name>
    <message>
        <source>第 %1 页的预览</source>
        <translation>Preview of page %1</translation>
    </message>
    <message>
        <source>正在扫描，请不要动材料</source>
        <translation>Scanning, please do not move the papers</translation>
    </message>
    <message>
        <source>把材料正面朝下放进扫描仪，再点“扫描”</source>
        <translation>Lay the paper face down on the scanner and touch &apos;Scan&apos;</translation>
    </message>
    <message>
        <source>把材料正面朝下放进扫描仪，再点“扫描”；也可以点“拍照”，用摄像头拍</source>
        <translation>Lay the document face down in the scanner and touch “Scan”, or touch “Take picture” to use the camera</translation>
    </message>
    <message>
        <source>停止扫描</source>
        <translation>Stop scanning</translation>
    </message>
    <message>
        <source>再扫几页</source>
        <translation>Scan more</translation>
    </message>
    <message>
        <source>扫描</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>再拍几页</source>
        <translation>Take more</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <source>手机传</source>
        <translation>From phone</translation>
    </message>
    <message>
        <source>U 盘</source>
        <translation>USB stick</translation>
    </message>
    <message>
        <source>看看怎么写</source>
        <translation>See how it is written</translation>
    </message>
    <message>
        <source>出示手机上的电子证照</source>
        <translation>Show an e-licence on your phone</translation>
    </message>
    <message>
        <source>第 %1 页，共 %2 页</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>往前挪</source>
        <translation>Move up</translation>
    </message>
    <message>
        <source>往后挪</source>
        <translation>Move down</translation>
    </message>
    <message>
        <source>重扫这页</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>重拍这页</source>
        <translation>Retake page</translation>
    </message>
    <message>
        <source>删掉这页</source>
        <translation>Delete page</translation>
    </message>
</context>
<context>
    <name>GsPeriods</name>
    <message>
        <source>哪一天</source>
        <translation>Which day</translation>
    </message>
    <message>
        <source>约满了</source>
        <translation>Full</translation>
    </message>
    <message>
        <source>%1，什么时间</source>
        <translation>%1, what time</translation>
    </message>
    <message>
        <source>还能约 %1 人</source>
        <translation>%1 left</translation>
    </message>
</context>
<context>
    <name>GsPicker</name>
    <message>
        <source>（可以选几个）</source>
        <translation> (several may be chosen)</translation>
    </message>
</context>
<context>
    <name>GsReachBar</name>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
</context>
<context>
    <name>GsReadingTools</name>
    <message>
        <source>标准字</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>大字版</source>
        <translation>Large type</translation>
    </message>
    <message>
        <source>普通颜色</source>
        <translation>Normal colours</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>Contrast</translation>
    </message>
    <message>
        <source>不朗读</source>
        <translation>Stop reading</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
</context>
<context>
    <name>GsReceiptCard</name>
    <message>
        <source>您的编号</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>回执二维码</source>
        <translation>Receipt code</translation>
    </message>
    <message>
        <source>手机扫一扫，把回执带走。</source>
        <translation>Scan it with your phone and take it with you.</translation>
    </message>
    <message>
        <source>在任何一台这样的机器上刷身份证，都能查办到哪一步，单子丢了也不怕。</source>
        <translation>Tap your ID card at any machine like this to see how far it is, even with the paper lost.</translation>
    </message>
</context>
<context>
    <name>GsSample</name>
    <message>
        <source>填好的样子</source>
        <translation>Filled in</translation>
    </message>
    <message>
        <source>空白的样子，可以照着抄</source>
        <translation>Blank, to be copied by hand</translation>
    </message>
</context>
<context>
    <name>GsScroll</name>
    <message>
        <source>往上看</source>
        <translation>Look further up</translation>
    </message>
    <message>
        <source>往下看</source>
        <translation>Look further down</translation>
    </message>
</context>
<context>
    <name>GsSearchField</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>GsSheet</name>
    <message>
        <source>正在打印签字页</source>
        <translation>Printing the sheet</translation>
    </message>
    <message>
        <source>签字页打好了，请在出纸口取。</source>
        <translation>The sheet is printed. Please take it from the tray.</translation>
    </message>
    <message>
        <source>打印签字页。</source>
        <translation>Print the sheet.</translation>
    </message>
    <message>
        <source>再打一张</source>
        <translation>Print another</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印签字页</source>
        <translation>Print the sheet</translation>
    </message>
    <message>
        <source>请见证人把填的内容念给您听，代您写上姓名；您在红框里按手印，见证人签名。</source>
        <translation>Let the witness read everything to you and write your name; press your finger into the red box; the witness signs.</translation>
    </message>
    <message>
        <source>把签字页正面朝下放进扫描仪，扫描。</source>
        <translation>Lay the sheet face down in the scanner and scan it.</translation>
    </message>
    <message>
        <source>正在扫描</source>
        <translation>Scanning</translation>
    </message>
    <message>
        <source>重新扫描</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>扫描签字页</source>
        <translation>Scan the sheet</translation>
    </message>
    <message>
        <source>是这次申请的签字页。</source>
        <translation>This is the sheet of this application.</translation>
    </message>
    <message>
        <source>这张签字页是别的申请的，请放对应的那张再扫。</source>
        <translation>This sheet belongs to another application. Please scan the right one.</translation>
    </message>
    <message>
        <source>没认出签字页上的码，请看清楚是不是这张，手印清不清楚。</source>
        <translation>The code on the sheet was not recognised. Please check that it is the right sheet and the fingerprint is clear.</translation>
    </message>
    <message>
        <source>扫描的签字页</source>
        <translation>The scanned sheet</translation>
    </message>
    <message>
        <source>正在扫描，请不要动材料</source>
        <translation>Scanning, please do not move the papers</translation>
    </message>
    <message>
        <source>扫描好的签字页会显示在这里</source>
        <translation>The scanned sheet will be shown here</translation>
    </message>
</context>
<context>
    <name>GsSignature</name>
    <message>
        <source>签名框：用手指写下您的名字</source>
        <translation>Signature box: write your name with a finger</translation>
    </message>
    <message>
        <source>请用手指在这里签名</source>
        <translation>Please sign here with your finger</translation>
    </message>
</context>
<context>
    <name>GsSpecimens</name>
    <message>
        <source>空白表</source>
        <translation>Blank form</translation>
    </message>
    <message>
        <source>样表</source>
        <translation>Filled sample</translation>
    </message>
    <message>
        <source>办好后的样子</source>
        <translation>What you will receive</translation>
    </message>
    <message>
        <source>可以打印出来，在家填好带来。</source>
        <translation>You can print it, fill it in at home and bring it.</translation>
    </message>
    <message>
        <source>教您怎么填，里面的人是假的，不要交这一张。</source>
        <translation>It shows how to fill it in. The people in it are made up; do not hand it in.</translation>
    </message>
    <message>
        <source>给您看看办好以后拿到的是什么样，不作凭证。</source>
        <translation>It shows what you will receive. It proves nothing.</translation>
    </message>
    <message>
        <source>看别的表</source>
        <translation>Other papers</translation>
    </message>
</context>
<context>
    <name>GsStatusCorner</name>
    <message>
        <source>本机状态</source>
        <translation>State of this machine</translation>
    </message>
    <message>
        <source>送达情况未知</source>
        <translation>Delivery unknown</translation>
    </message>
    <message>
        <source>全部送达</source>
        <translation>All delivered</translation>
    </message>
    <message>
        <source>待送出 %1 件</source>
        <translation>%1 to deliver</translation>
    </message>
    <message>
        <source>晚些送 %1 件</source>
        <translation>%1 to go later</translation>
    </message>
</context>
<context>
    <name>GsStatusSheet</name>
    <message>
        <source>这台机器的情况</source>
        <translation>How this machine is</translation>
    </message>
    <message>
        <source>网络</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>现在没有网络，照常可以办，网络好了自动送出。</source>
        <translation>There is no network now. Everything works as usual and is sent when it returns.</translation>
    </message>
    <message>
        <source>负责送件的程序没有应答，收下的都存在本机，请告诉工作人员。</source>
        <translation>The delivery program does not answer. Whatever was taken is stored here; please tell the staff.</translation>
    </message>
    <message>
        <source>送达</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>不知道送出了多少。</source>
        <translation>It is not known how much has been sent.</translation>
    </message>
    <message>
        <source>收下的都送到了。</source>
        <translation>Everything taken has arrived.</translation>
    </message>
    <message>
        <source>还有 %1 件在本机，等着送出。</source>
        <translation>Cases waiting here to be sent: %1.</translation>
    </message>
    <message>
        <source>其中 %1 件需要工作人员处理。</source>
        <translation> Cases that need a member of staff: %1.</translation>
    </message>
    <message>
        <source>已经送了 %1%。</source>
        <translation> %1% has gone.</translation>
    </message>
    <message>
        <source>大约还要 %1 分钟。</source>
        <translation> About %1 min more.</translation>
    </message>
    <message>
        <source>上次联系到</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>办事指南数据截至</source>
        <translation>Guides as of</translation>
    </message>
    <message>
        <source>（模拟）</source>
        <translation> (simulated)</translation>
    </message>
    <message>
        <source>不可用</source>
        <translation>Not available</translation>
    </message>
    <message>
        <source>终端编号</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>GsStepHeader</name>
    <message>
        <source>第 %1 步 / 共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
    <message>
        <source>下一步：%1</source>
        <translation>Next: %1</translation>
    </message>
</context>
<context>
    <name>GsTextArea</name>
    <message>
        <source>还能写 %1 个字</source>
        <translation>%1 characters left</translation>
    </message>
    <message>
        <source>写满了，不能再多了。</source>
        <translation>That is as much as fits.</translation>
    </message>
</context>
<context>
    <name>GsTopBar</name>
    <message>
        <source>近办</source>
        <translation>Jinban</translation>
    </message>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
</context>
<context>
    <name>GsWords</name>
    <message>
        <source>确认身份</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>为谁办理</source>
        <translation>For whom</translation>
    </message>
    <message>
        <source>选择情况</source>
        <translation>Your situation</translation>
    </message>
    <message>
        <source>家庭成员</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>填写信息</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>核对清单</source>
        <translation>Checklist</translation>
    </message>
    <message>
        <source>提交材料</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>办好以后</source>
        <translation>Afterwards</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>确认提交</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>要带什么</source>
        <translation>What to bring</translation>
    </message>
    <message>
        <source>谁能办</source>
        <translation>Who may apply</translation>
    </message>
    <message>
        <source>怎么办、多久</source>
        <translation>Steps and time</translation>
    </message>
    <message>
        <source>收费</source>
        <translation>Fees</translation>
    </message>
    <message>
        <source>能拿到什么</source>
        <translation>What you get</translation>
    </message>
    <message>
        <source>在哪办、问谁</source>
        <translation>Where and whom</translation>
    </message>
    <message>
        <source>表格和样表</source>
        <translation>Forms</translation>
    </message>
    <message>
        <source>常见问题</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>政策依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>办不成怎么办</source>
        <translation>If refused</translation>
    </message>
    <message>
        <source>别的事项信息</source>
        <translation>About this service</translation>
    </message>
    <message>
        <source>网络正常</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>断网 · 照常办</source>
        <translation>Offline · works</translation>
    </message>
    <message>
        <source>网络情况不清楚</source>
        <translation>Connection unknown</translation>
    </message>
    <message>
        <source>填的内容先送，还有 %1 件的扫描材料，等换成不按流量收费的网络再送。</source>
        <translation>What was filled in goes first. The scanned papers of %1 wait for a line that is not paid by the byte.</translation>
    </message>
    <message>
        <source>填的内容先送。流量用完了，还有 %1 件的扫描材料 %2 以后送。</source>
        <translation>What was filled in goes first. The data allowance is used up: the scanned papers of %1 go after %2.</translation>
    </message>
    <message>
        <source>填的内容先送，还有 %1 件的扫描材料 %2 以后送。</source>
        <translation>What was filled in goes first; the scanned papers of %1 go after %2.</translation>
    </message>
    <message>
        <source>打印纸不多了</source>
        <translation>Printer paper low</translation>
    </message>
    <message>
        <source>打印正常</source>
        <translation>Printer ready</translation>
    </message>
    <message>
        <source>打印机缺纸</source>
        <translation>No paper</translation>
    </message>
    <message>
        <source>打印机卡纸</source>
        <translation>Paper jam</translation>
    </message>
    <message>
        <source>打印机盖子没盖好</source>
        <translation>Printer cover open</translation>
    </message>
    <message>
        <source>打印机正忙</source>
        <translation>Printer busy</translation>
    </message>
    <message>
        <source>打印机未连接</source>
        <translation>No printer</translation>
    </message>
    <message>
        <source>打印机不可用</source>
        <translation>Printer down</translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation>Card reader</translation>
    </message>
    <message>
        <source>扫描仪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>高拍仪</source>
        <translation>Document camera</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Code reader</translation>
    </message>
    <message>
        <source>手机传文件</source>
        <translation>Phone hand-over</translation>
    </message>
    <message>
        <source>U 盘</source>
        <translation>USB stick</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>回执</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>部门文书</source>
        <translation>Paper of the authority</translation>
    </message>
    <message>
        <source>一次性告知单</source>
        <translation>One-time notice</translation>
    </message>
    <message>
        <source>按手印的签字页</source>
        <translation>Fingerprint sheet</translation>
    </message>
    <message>
        <source>材料清单</source>
        <translation>List of materials</translation>
    </message>
    <message>
        <source>办事指南</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>空白表或样表</source>
        <translation>Blank form or sample</translation>
    </message>
    <message>
        <source>日终核对单</source>
        <translation>Report of the day</translation>
    </message>
    <message>
        <source>已收好，待送出</source>
        <translation>Taken and safe, to be delivered</translation>
    </message>
    <message>
        <source>已送到，等待预审</source>
        <translation>Delivered, waiting for a first check</translation>
    </message>
    <message>
        <source>预审通过</source>
        <translation>First check passed</translation>
    </message>
    <message>
        <source>部门已收件，等待受理</source>
        <translation>Received by the authority, waiting for acceptance</translation>
    </message>
    <message>
        <source>需要您补正</source>
        <translation>Needs a correction from you</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>已受理（依法视为受理）</source>
        <translation>Accepted (deemed by law)</translation>
    </message>
    <message>
        <source>正在审查</source>
        <translation>Under review</translation>
    </message>
    <message>
        <source>正在走特别程序</source>
        <translation>In a special procedure</translation>
    </message>
    <message>
        <source>审批时间已延长</source>
        <translation>Time limit extended</translation>
    </message>
    <message>
        <source>已批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>未获批准</source>
        <translation>Not approved</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Concluded</translation>
    </message>
    <message>
        <source>结果已送达</source>
        <translation>Result delivered</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已终止</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>逾期未补正，已结束</source>
        <translation>Ended: not corrected in time</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>已归档</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>不用您做什么，我们会送到办理部门。</source>
        <translation>You need do nothing; we deliver it to the department.</translation>
    </message>
    <message>
        <source>不用您做什么，部门正在看材料。</source>
        <translation>You need do nothing; the department is looking at the papers.</translation>
    </message>
    <message>
        <source>材料没有问题，等部门受理。</source>
        <translation>The papers are in order; the department will accept it.</translation>
    </message>
    <message>
        <source>请把下面写的补上，在这台机器上就能补。</source>
        <translation>Please supply what is written below; you can do it at this machine.</translation>
    </message>
    <message>
        <source>不予受理的原因写在文书上。不同意的，可以申请复议，文书上写着怎么办。</source>
        <translation>The reasons stand on the notice. If you disagree you may ask for a review; the notice says how.</translation>
    </message>
    <message>
        <source>部门正在办，办好会通知您。没接到消息，请打 %1。</source>
        <translation>The department is working on it and will tell you. If you hear nothing, call %1.</translation>
    </message>
    <message>
        <source>这段时间不算在办理时限里，结束后接着办。</source>
        <translation>This time does not count; the work goes on afterwards.</translation>
    </message>
    <message>
        <source>办理时间延长了，原因部门会告诉您。</source>
        <translation>It takes longer; the department will tell you why.</translation>
    </message>
    <message>
        <source>办成了，结果马上送到。</source>
        <translation>Approved; the result is on its way.</translation>
    </message>
    <message>
        <source>没有批准，原因写在文书上。不同意的，可以申请复议。</source>
        <translation>Not approved; the reasons stand on the notice. If you disagree you may ask for a review.</translation>
    </message>
    <message>
        <source>办完了，结果可以领了。</source>
        <translation>Done; the result is ready.</translation>
    </message>
    <message>
        <source>办完了，结果已经送到。</source>
        <translation>Done; the result was delivered.</translation>
    </message>
    <message>
        <source>这件已经撤回，需要时可以重新办。</source>
        <translation>It was withdrawn; you may apply again when you need it.</translation>
    </message>
    <message>
        <source>这件已经终止，原因请打 %1 问一问。</source>
        <translation>It was ended; call %1 to ask why.</translation>
    </message>
    <message>
        <source>过了补正的日子，这件已经结束。需要时可以重新办。</source>
        <translation>The day for corrections has passed and it has ended. You may apply again when you need it.</translation>
    </message>
    <message>
        <source>这件已经取消，需要时可以重新办。</source>
        <translation>It was cancelled; you may apply again when you need it.</translation>
    </message>
    <message>
        <source>办完了，已经存档。</source>
        <translation>Done and filed.</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>Self</translation>
    </message>
    <message>
        <source>丈夫或妻子</source>
        <translation>Husband or wife</translation>
    </message>
    <message>
        <source>儿子或女儿</source>
        <translation>Son or daughter</translation>
    </message>
    <message>
        <source>父亲或母亲</source>
        <translation>Father or mother</translation>
    </message>
    <message>
        <source>祖父母、外祖父母</source>
        <translation>Grandparent</translation>
    </message>
    <message>
        <source>孙子女、外孙子女</source>
        <translation>Grandchild</translation>
    </message>
    <message>
        <source>兄弟姐妹</source>
        <translation>Brother or sister</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>Guardian</translation>
    </message>
    <message>
        <source>邻居</source>
        <translation>Neighbour</translation>
    </message>
    <message>
        <source>村（社区）工作人员</source>
        <translation>Village or community worker</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>自己到窗口领</source>
        <translation>I fetch it at the counter</translation>
    </message>
    <message>
        <source>寄到家里</source>
        <translation>Send it home</translation>
    </message>
    <message>
        <source>请别人代领</source>
        <translation>Somebody fetches it for me</translation>
    </message>
    <message>
        <source>到这个服务点来拿</source>
        <translation>I fetch it here</translation>
    </message>
    <message>
        <source>正在为您预约</source>
        <translation>Being booked for you</translation>
    </message>
    <message>
        <source>约好了</source>
        <translation>Booked</translation>
    </message>
    <message>
        <source>这个时间约不上了，可以换个时间</source>
        <translation>That time cannot be had; you can choose another</translation>
    </message>
    <message>
        <source>送到时已经过了这个时间，可以换个时间</source>
        <translation>It arrived after that time; you can choose another</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>打印清单</source>
        <translation>Print the list</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打好了，再打一张</source>
        <translation>Printed; print another</translation>
    </message>
    <message>
        <source>再试着打印</source>
        <translation>Try to print again</translation>
    </message>
    <message>
        <source>%1年%2月%3日</source>
        <translation>%1-%2-%3</translation>
    </message>
    <message>
        <source>%1月%2日</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>指南报错</source>
        <translation>Guide mistake</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>%1 到 %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>当场办完</source>
        <translation>At once</translation>
    </message>
    <message>
        <source>%1 个工作日</source>
        <translation>%1 working days</translation>
    </message>
    <message>
        <source>%1 天</source>
        <translation>%1 days</translation>
    </message>
    <message>
        <source>可以不填</source>
        <translation>You may leave it empty</translation>
    </message>
    <message>
        <source>%1（可以不填）</source>
        <translation>%1 (optional)</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>当场办完</source>
        <translation>At once</translation>
    </message>
    <message>
        <source>{} 个工作日</source>
        <translation>{} working days</translation>
    </message>
    <message>
        <source>{} 天</source>
        <translation>{} days</translation>
    </message>
    <message>
        <source>在这里填，不用带</source>
        <translation>Filled in here</translation>
    </message>
    <message>
        <source>能查到，不用带</source>
        <translation>Found online</translation>
    </message>
    <message>
        <source>有就带，没有可以不带</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>可以后补</source>
        <translation>May follow</translation>
    </message>
    <message>
        <source>要带</source>
        <translation>Needed</translation>
    </message>
    <message>
        <source>原件 {} 份</source>
        <translation>originals: {}</translation>
    </message>
    <message>
        <source>复印件 {} 份</source>
        <translation>copies: {}</translation>
    </message>
    <message>
        <source>{}才要</source>
        <translation>Only if: {}</translation>
    </message>
    <message>
        <source>可以写承诺代替</source>
        <translation>A promise is accepted</translation>
    </message>
    <message>
        <source>也可以用：{}</source>
        <translation>Also accepted: {}</translation>
    </message>
    <message>
        <source>在哪里拿：{}</source>
        <translation>Where to get it: {}</translation>
    </message>
    <message>
        <source>依据：{}</source>
        <translation>Legal basis: {}</translation>
    </message>
    <message>
        <source>多久能办好</source>
        <translation>How long it takes</translation>
    </message>
    <message>
        <source>承诺时限：{}</source>
        <translation>Promised: {}</translation>
    </message>
    <message>
        <source>法定时限：{}</source>
        <translation>By law: {}</translation>
    </message>
    <message>
        <source>不收费</source>
        <translation>Free of charge</translation>
    </message>
    <message>
        <source>证件</source>
        <translation>A licence or card</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>A written decision</translation>
    </message>
    <message>
        <source>批复</source>
        <translation>An official reply</translation>
    </message>
    <message>
        <source>咨询：{}</source>
        <translation>Questions: {}</translation>
    </message>
    <message>
        <source>投诉：{}</source>
        <translation>Complaints: {}</translation>
    </message>
    <message>
        <source>政务服务热线</source>
        <translation>Government service hotline</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>请留意</source>
        <translation>Please note</translation>
    </message>
    <message>
        <source>空白表</source>
        <translation>Blank form</translation>
    </message>
    <message>
        <source>样表</source>
        <translation>Filled sample</translation>
    </message>
    <message>
        <source>办好后的样子</source>
        <translation>What you will receive</translation>
    </message>
    <message>
        <source>行政复议</source>
        <translation>Administrative review</translation>
    </message>
    <message>
        <source>行政诉讼</source>
        <translation>Going to court</translation>
    </message>
    <message>
        <source>能用哪些办法办</source>
        <translation>Ways to apply</translation>
    </message>
    <message>
        <source>哪里的人能在这里办</source>
        <translation>Who can apply here, by place</translation>
    </message>
    <message>
        <source>要去现场几趟</source>
        <translation>How often to come in person</translation>
    </message>
    <message>
        <source>在网上能办到哪一步</source>
        <translation>How much can be done online</translation>
    </message>
    <message>
        <source>当场办还是等几天</source>
        <translation>At once or in some days</translation>
    </message>
    <message>
        <source>预约和邮寄</source>
        <translation>Appointments and post</translation>
    </message>
    <message>
        <source>中间要做的事（不算在办理时间里）</source>
        <translation>Steps between (not counted in the time)</translation>
    </message>
    <message>
        <source>要花钱请别人做的事（中介服务）</source>
        <translation>Paid services of others (intermediaries)</translation>
    </message>
    <message>
        <source>一起办的部门</source>
        <translation>Departments that take part</translation>
    </message>
    <message>
        <source>哪个部门定</source>
        <translation>Who decides</translation>
    </message>
    <message>
        <source>事项编码</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>这份指南</source>
        <translation>This guide</translation>
    </message>
    <message>
        <source>到窗口</source>
        <translation>at a counter</translation>
    </message>
    <message>
        <source>在这台机器上</source>
        <translation>at this machine</translation>
    </message>
    <message>
        <source>电脑上网</source>
        <translation>online</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>by phone app</translation>
    </message>
    <message>
        <source>寄材料</source>
        <translation>by post</translation>
    </message>
    <message>
        <source>请人代办</source>
        <translation>through somebody else</translation>
    </message>
    <message>
        <source>上门来办</source>
        <translation>at your home</translation>
    </message>
    <message>
        <source>一趟都不用</source>
        <translation>Not at all</translation>
    </message>
    <message>
        <source>最多 {} 趟</source>
        <translation>{} times at most</translation>
    </message>
    <message>
        <source>网上只能看指南</source>
        <translation>Online you can read the guide</translation>
    </message>
    <message>
        <source>网上能先看材料齐不齐，再到现场交</source>
        <translation>Papers are checked online, then handed in on site</translation>
    </message>
    <message>
        <source>网上能交，领结果要到现场</source>
        <translation>Hand in online, collect the result on site</translation>
    </message>
    <message>
        <source>从头到尾都能在网上办</source>
        <translation>Everything can be done online</translation>
    </message>
    <message>
        <source>材料齐了当场办（即办件）</source>
        <translation>At once when all papers are there</translation>
    </message>
    <message>
        <source>收下以后，在承诺的时间里办好（承诺件）</source>
        <translation>Within the promised time</translation>
    </message>
    <message>
        <source>可以预约</source>
        <translation>Appointments can be made</translation>
    </message>
    <message>
        <source>不用预约</source>
        <translation>No appointment needed</translation>
    </message>
    <message>
        <source>结果可以寄到家</source>
        <translation>The result can be sent to your home</translation>
    </message>
    <message>
        <source>结果不寄，按指南去领</source>
        <translation>The result is not sent; collect it as the guide says</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>受 {} 委托</source>
        <translation>On behalf of {}</translation>
    </message>
    <message>
        <source>统一社会信用代码 {}</source>
        <translation>Unified social credit code {}</translation>
    </message>
    <message>
        <source>事项编号 {}</source>
        <translation>Item number {}</translation>
    </message>
    <message>
        <source>基本编码 {}</source>
        <translation>Base code {}</translation>
    </message>
    <message>
        <source>实施编码 {}</source>
        <translation>Implementation code {}</translation>
    </message>
    <message>
        <source>业务办理项编码 {}</source>
        <translation>Handling code {}</translation>
    </message>
    <message>
        <source>第 {} 版，{} 起用</source>
        <translation>Version {}, in force since {}</translation>
    </message>
    <message>
        <source>用到 {}</source>
        <translation>In force until {}</translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <source>我要办理</source>
        <translation>Apply now</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>打印这一张</source>
        <translation>Print this one</translation>
    </message>
    <message>
        <source>打印指南</source>
        <translation>Print the guide</translation>
    </message>
    <message>
        <source>指南有错</source>
        <translation>Report a mistake</translation>
    </message>
    <message>
        <source>指南内容截至 %1</source>
        <translation>As of %1</translation>
    </message>
    <message>
        <source>演示数据，内容截至 %1，请以当地部门公布的为准</source>
        <translation>Demo data as of %1; the local authority&apos;s own guide counts</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <source>全部主题</source>
        <translation>All topics</translation>
    </message>
    <message>
        <source>%1，请选择要代办的事项</source>
        <translation>%1, please choose what to apply for</translation>
    </message>
    <message>
        <source>您好，今天想办什么事？</source>
        <translation>Hello! What would you like to do today?</translation>
    </message>
    <message>
        <source>没有找到“%1”。换个说法试试，或者看看下面常办的事。</source>
        <translation>Nothing found for &apos;%1&apos;. Try other words, or see what is done most.</translation>
    </message>
    <message>
        <source>找到 %1 件事</source>
        <translation>Found: %1</translation>
    </message>
    <message>
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <source>刷身份证，查进度、补材料、打印结果、接着上次的办</source>
        <translation>Tap your ID card: progress, corrections, results, unfinished applications</translation>
    </message>
    <message>
        <source>我能办什么</source>
        <translation>What can I get?</translation>
    </message>
    <message>
        <source>政策和常见问题</source>
        <translation>Policies and common questions</translation>
    </message>
    <message>
        <source>提意见、报差错</source>
        <translation>Feedback and complaints</translation>
    </message>
    <message>
        <source>查回执真假</source>
        <translation>Check a receipt</translation>
    </message>
    <message>
        <source>照一下回执上的方格码，不用网络</source>
        <translation>Hold up the square code on it; no network needed</translation>
    </message>
    <message>
        <source>请人帮忙</source>
        <translation>Ask for help</translation>
    </message>
    <message>
        <source>要办什么？例如：低保、社保卡</source>
        <translation>What do you need? For example: pension</translation>
    </message>
    <message>
        <source>答几个简单的问题，看看能办哪些事</source>
        <translation>Answer a few plain questions and see what there may be for you</translation>
    </message>
    <message>
        <source>政策、常见问题、公告，没网也能看</source>
        <translation>Policies, answers and announcements, to be read without a network</translation>
    </message>
    <message>
        <source>报差错、投诉、建议，当场给编号</source>
        <translation>A guide is wrong, a complaint, an idea: a number at once</translation>
    </message>
    <message>
        <source>工作人员登录后帮您一起办，不收费</source>
        <translation>Staff beside you can log in and help, free of charge</translation>
    </message>
    <message>
        <source>没打完的纸</source>
        <translation>Unfinished prints</translation>
    </message>
    <message>
        <source>%1 张纸没有打完，请看一看</source>
        <translation>%1 did not end well: please look</translation>
    </message>
    <message>
        <source>没有要处理的纸</source>
        <translation>Nothing to see to</translation>
    </message>
    <message>
        <source>日终核对</source>
        <translation>Day report</translation>
    </message>
    <message>
        <source>收件、回执和县里收到的对一对；接手别人没办完的</source>
        <translation>Cases, receipts and acknowledgements side by side; take over what others left</translation>
    </message>
    <message>
        <source>常办的事</source>
        <translation>Done most</translation>
    </message>
    <message>
        <source>按主题找</source>
        <translation>By topic</translation>
    </message>
    <message>
        <source>%1 件</source>
        <translation>Items: %1</translation>
    </message>
</context>
<context>
    <name>KeptScreen</name>
    <message>
        <source>您上次办了一半，要接着办吗？</source>
        <translation>You have begun before. Go on with it?</translation>
    </message>
    <message>
        <source>上次填的内容和扫描的材料都还在，只有这张身份证能打开。</source>
        <translation>What you filled in and scanned is still here; only this ID card opens it.</translation>
    </message>
    <message>
        <source>接着办：%1</source>
        <translation>Go on: %1</translation>
    </message>
    <message>
        <source>上次办到 %1</source>
        <translation>Last worked on %1</translation>
    </message>
    <message>
        <source>，保留到 %1</source>
        <translation>, kept until %1</translation>
    </message>
    <message>
        <source>重新办一件</source>
        <translation>Begin anew</translation>
    </message>
    <message>
        <source>上次的先放着，不会丢</source>
        <translation>The earlier one stays where it is</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>中文</source>
        <translation>English</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>近办</source>
        <translation>Jinban</translation>
    </message>
</context>
<context>
    <name>MaterialsScreen</name>
    <message>
        <source>把材料交给机器扫描</source>
        <translation>Scan your documents</translation>
    </message>
    <message>
        <source>材料都齐了</source>
        <translation>Everything is here</translation>
    </message>
    <message>
        <source>还差 %1 样。把纸正面朝下放进扫描仪，扫完原件自己收好。</source>
        <translation>Still missing: %1. Put the paper face down into the scanner; the original stays yours.</translation>
    </message>
    <message>
        <source>看一看，没有要换的就继续。</source>
        <translation>Look it over; go on if nothing is to be changed.</translation>
    </message>
    <message>
        <source>材料齐了，继续</source>
        <translation>All here, go on</translation>
    </message>
    <message>
        <source>拍完了</source>
        <translation>All taken</translation>
    </message>
    <message>
        <source>传好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>拿好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>好了，扫下一样</source>
        <translation>Done, scan the next</translation>
    </message>
    <message>
        <source>好了，材料齐了</source>
        <translation>Done, that is all</translation>
    </message>
    <message>
        <source>还差 %1 样</source>
        <translation>Still missing: %1</translation>
    </message>
    <message>
        <source>材料清单</source>
        <translation>All papers</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>下一样：%1。放好再点。</source>
        <translation>Next: %1. Lay it down, then touch.</translation>
    </message>
    <message>
        <source>先存着，备齐再来</source>
        <translation>Keep it, come back later</translation>
    </message>
    <message>
        <source>这些不用您交</source>
        <translation>You need not hand these in</translation>
    </message>
    <message>
        <source>%1（%2）</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
</context>
<context>
    <name>MayGetScreen</name>
    <message>
        <source>您可以看看这些事</source>
        <translation>You may want to look at these</translation>
    </message>
    <message>
        <source>这里没有找到合适的事</source>
        <translation>Nothing suitable was found here</translation>
    </message>
    <message>
        <source>要办事的人，今年多大？</source>
        <translation>How old is the person it is for?</translation>
    </message>
    <message>
        <source>这是按您的回答估计的，能不能办，由部门决定。您的回答不会留下。</source>
        <translation>This is an estimate from your answers; the authority decides. Your answers are not kept.</translation>
    </message>
    <message>
        <source>第 %1 个问题。不用报姓名，回答不会留下。</source>
        <translation>Question %1. No name is needed, and your answers are not kept.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>上一个问题</source>
        <translation>Question before</translation>
    </message>
    <message>
        <source>重新回答</source>
        <translation>Answer again</translation>
    </message>
    <message>
        <source>不满 %1 岁</source>
        <translation>Under %1</translation>
    </message>
    <message>
        <source>%1 岁以上</source>
        <translation>%1 and over</translation>
    </message>
    <message>
        <source>%1 岁到 %2 岁</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>不是</source>
        <translation>No</translation>
    </message>
    <message>
        <source>说不清</source>
        <translation>I cannot tell</translation>
    </message>
    <message>
        <source>条件看来都符合</source>
        <translation>You seem to meet the conditions</translation>
    </message>
    <message>
        <source>也许可以办，请看看条件</source>
        <translation>Perhaps; please look at the conditions</translation>
    </message>
    <message>
        <source>不是说您什么都不能办。</source>
        <translation>That does not mean there is nothing for you.</translation>
    </message>
    <message>
        <source>请打 %1 问一问，或者问工作人员。</source>
        <translation>Please call %1 or ask the staff.</translation>
    </message>
</context>
<context>
    <name>MembersScreen</name>
    <message>
        <source>和您一起生活的家里人</source>
        <translation>The people you live with</translation>
    </message>
    <message>
        <source>这位家人是您的什么人？</source>
        <translation>What is this person to you?</translation>
    </message>
    <message>
        <source>请放上这位家人的身份证</source>
        <translation>Please lay this person&apos;s ID card on the reader</translation>
    </message>
    <message>
        <source>请按这位家人的证件填写</source>
        <translation>Please copy it from this person&apos;s document</translation>
    </message>
    <message>
        <source>再问几句这位家人的情况</source>
        <translation>A few questions about this person</translation>
    </message>
    <message>
        <source>就这些人，继续</source>
        <translation>That is everybody</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>添加这位</source>
        <translation>Add this person</translation>
    </message>
    <message>
        <source>保存这位家人</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>没有带这张卡</source>
        <translation>Their card is not here</translation>
    </message>
    <message>
        <source>添加一位家人</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>再添加一位家人</source>
        <translation>Add another person</translation>
    </message>
    <message>
        <source>刷他（她）的身份证，或者按户口簿填</source>
        <translation>By their ID card or from the household register</translation>
    </message>
    <message>
        <source>这件事至少要填 %1 位家人。</source>
        <translation>Persons needed: at least %1.</translation>
    </message>
    <message>
        <source>正在读取，请不要拿开</source>
        <translation>Reading, please leave it there</translation>
    </message>
    <message>
        <source>平放在亮灯的读卡区，不要移动</source>
        <translation>Lay it flat on the lit reader and leave it there</translation>
    </message>
</context>
<context>
    <name>MyCasesScreen</name>
    <message>
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <source>这台机器上还没有您的办件。</source>
        <translation>There are no cases of yours on this machine.</translation>
    </message>
    <message>
        <source>还没有查到您的办件。</source>
        <translation>We found no application of yours.</translation>
    </message>
    <message>
        <source>返回首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>正在查您在别处办的件，请稍等。</source>
        <translation>Looking for what you handed in elsewhere. Please wait.</translation>
    </message>
    <message>
        <source>现在没有网络，只能看到在这台机器上办的。</source>
        <translation>There is no connection now. Below is only what was handed in at this machine.</translation>
    </message>
    <message>
        <source>别处办的，可以打 %1 查，或者过一会儿再来。</source>
        <translation>For the rest call %1, or come back a little later.</translation>
    </message>
    <message>
        <source>接着办：%1</source>
        <translation>Go on: %1</translation>
    </message>
    <message>
        <source>上次办到 %1</source>
        <translation>Last worked on %1</translation>
    </message>
    <message>
        <source>我提的意见</source>
        <translation>What I reported</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>请您确认</source>
        <translation>Please confirm</translation>
    </message>
    <message>
        <source>多要一样材料：%1</source>
        <translation>One more paper is asked: %1</translation>
    </message>
    <message>
        <source>这样材料的要求改了：%1</source>
        <translation>Asked otherwise now: %1</translation>
    </message>
    <message>
        <source>不用再交：%1</source>
        <translation>No longer needed: %1</translation>
    </message>
    <message>
        <source>多了一条条件：%1</source>
        <translation>A new condition: %1</translation>
    </message>
    <message>
        <source>这条条件改了：%1</source>
        <translation>This condition reads otherwise now: %1</translation>
    </message>
    <message>
        <source>不再要求：%1</source>
        <translation>No longer required: %1</translation>
    </message>
    <message>
        <source>多了一项要填的：%1</source>
        <translation>One more thing to fill in: %1</translation>
    </message>
    <message>
        <source>这一项的填法改了：%1</source>
        <translation>Filled in otherwise now: %1</translation>
    </message>
    <message>
        <source>不用再填：%1</source>
        <translation>No longer filled in: %1</translation>
    </message>
    <message>
        <source>齐了</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>可以后补</source>
        <translation>May follow</translation>
    </message>
    <message>
        <source>下一步交</source>
        <translation>Bring next</translation>
    </message>
    <message>
        <source>现在办不了</source>
        <translation>Stops here</translation>
    </message>
</context>
<context>
    <name>NoticeScreen</name>
    <message>
        <source>一次告诉您：这件事还需要什么</source>
        <translation>All you need, told once</translation>
    </message>
    <message>
        <source>正在核对……</source>
        <translation>Checking …</translation>
    </message>
    <message>
        <source>有 %1 处现在办不下去，请先看红色的。</source>
        <translation>This stops the application: %1. Please read the red first.</translation>
    </message>
    <message>
        <source>有 %1 条请您先看一看，符合就点一下。</source>
        <translation>Please read and, if it is true for you, touch to confirm: %1.</translation>
    </message>
    <message>
        <source>下一步要交 %1 样材料，都在这里，不会再有别的。</source>
        <translation>Documents to hand in next: %1. All are listed here; there will be no others.</translation>
    </message>
    <message>
        <source>都齐了，可以继续。</source>
        <translation>Everything is complete. You can go on.</translation>
    </message>
    <message>
        <source>回去修改</source>
        <translation>Go back and change</translation>
    </message>
    <message>
        <source>知道了，继续</source>
        <translation>OK, go on</translation>
    </message>
    <message>
        <source>还有 %1 条没点</source>
        <translation>Still to confirm: %1</translation>
    </message>
    <message>
        <source>先存着，备齐再来</source>
        <translation>Keep it, come back later</translation>
    </message>
    <message>
        <source>办事要求更新了，和您上次看到的不一样：</source>
        <translation>What is asked has been updated since you last saw it:</translation>
    </message>
    <message>
        <source>这是本机的预先核对，以受理部门告知为准。</source>
        <translation>This is this machine&apos;s own check; what the authority says counts.</translation>
    </message>
</context>
<context>
    <name>OpenPrintsScreen</name>
    <message>
        <source>没打完的纸</source>
        <translation>Unfinished prints</translation>
    </message>
    <message>
        <source>这些纸不会自己再打。请一张一张处理。</source>
        <translation>None of these prints again by itself. Please see to them one by one.</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打好了，请在出纸口取走，交给本人。</source>
        <translation>Printed. Take it from the tray and hand it to the person.</translation>
    </message>
    <message>
        <source>没有要处理的纸。</source>
        <translation>Nothing to see to.</translation>
    </message>
    <message>
        <source>每一张都打出来了，或者有了交代。</source>
        <translation>Every paper came out or was accounted for.</translation>
    </message>
</context>
<context>
    <name>Origins</name>
    <message>
        <source>身份证上的</source>
        <translation>From your ID card</translation>
    </message>
    <message>
        <source>%1里登记的，%2</source>
        <translation>As registered in %1, %2</translation>
    </message>
    <message>
        <source>您办“%1”时填的，%2</source>
        <translation>As you wrote for “%1”, %2</translation>
    </message>
    <message>
        <source>您 %2 办“%1”时交过的</source>
        <translation>Handed in on %2 for “%1”</translation>
    </message>
    <message>
        <source>电子证照“%1”，%3%2发</source>
        <translation>E-licence “%1”, issued by %3, %2</translation>
    </message>
    <message>
        <source>手机上的证照码，%2 出示；联上平台后部门会核对</source>
        <translation>A code on your phone, shown on %2; the department checks it once there is a connection</translation>
    </message>
    <message>
        <source>{year}年{month}月{day}日</source>
        <translation>{year}-{month}-{day}</translation>
    </message>
</context>
<context>
    <name>OtherScreen</name>
    <message>
        <source>他（她）是您的什么人？</source>
        <translation>What is this person to you?</translation>
    </message>
    <message>
        <source>请您来办事的人，是您的什么人？</source>
        <translation>The person you apply for: what are they to you?</translation>
    </message>
    <message>
        <source>现在请放上他（她）的身份证</source>
        <translation>Now lay their ID card on the reader</translation>
    </message>
    <message>
        <source>请按他（她）的证件填写</source>
        <translation>Please copy it from their document</translation>
    </message>
    <message>
        <source>选一个就行</source>
        <translation>Choose one</translation>
    </message>
    <message>
        <source>关系：%1</source>
        <translation>Relation: %1</translation>
    </message>
    <message>
        <source>就是这位</source>
        <translation>This is the person</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>没有带这张卡</source>
        <translation>Their card is not here</translation>
    </message>
    <message>
        <source>正在读取，请不要拿开</source>
        <translation>Reading, please leave it there</translation>
    </message>
    <message>
        <source>您自己的卡先收好，再放上他（她）的</source>
        <translation>Take your own card away, then lay down theirs</translation>
    </message>
    <message>
        <source>委托您做这些事，只限这些：</source>
        <translation>They ask you to do this, and only this:</translation>
    </message>
</context>
<context>
    <name>PaymentScreen</name>
    <message>
        <source>费用已经缴了</source>
        <translation>The fee is paid</translation>
    </message>
    <message>
        <source>这件事要缴费</source>
        <translation>There is a fee</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>%1 元</source>
        <translation>%1 yuan</translation>
    </message>
    <message>
        <source>领结果的时候再缴，现在不用缴。</source>
        <translation>To be paid when you fetch the result, not now.</translation>
    </message>
    <message>
        <source>已经受理，现在可以缴。</source>
        <translation>It is accepted. You can pay now.</translation>
    </message>
    <message>
        <source>部门受理以后再缴，现在不用缴。</source>
        <translation>To be paid once the department has accepted it, not now.</translation>
    </message>
    <message>
        <source>到哪里缴</source>
        <translation>Where to pay</translation>
    </message>
    <message>
        <source>也可以受理以后，在任何一台有网络的机器上刷身份证，从“我的办件”里用手机扫码缴。</source>
        <translation>Once it is accepted you can also pay by telephone: lay your ID card on any of these machines that is online, and open My cases.</translation>
    </message>
    <message>
        <source>这台机器不收现金，工作人员也不会在机器旁边收钱。</source>
        <translation>This machine takes no cash, and no staff will collect money beside it.</translation>
    </message>
    <message>
        <source>缴费码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <source>用手机扫一扫缴费。缴好了，这里会写“已经缴了”。</source>
        <translation>Scan it with your telephone to pay. Once paid, it says so here.</translation>
    </message>
    <message>
        <source>缴款码</source>
        <translation>Payment number</translation>
    </message>
    <message>
        <source>正在看有没有缴费码，请稍等。</source>
        <translation>Looking for a payment code, please wait.</translation>
    </message>
    <message>
        <source>现在没有网络，看不到缴费码。不影响您办事，以后再缴。</source>
        <translation>There is no network now, so no payment code. Your application is not affected; pay later.</translation>
    </message>
    <message>
        <source>已经收到您缴的费。</source>
        <translation>Your payment has been received.</translation>
    </message>
</context>
<context>
    <name>PurposeScreen</name>
    <message>
        <source>先告诉您：我们要用哪些信息</source>
        <translation>First: which information we use</translation>
    </message>
    <message>
        <source>不同意，返回</source>
        <translation>I do not agree</translation>
    </message>
    <message>
        <source>同意，已有的帮我查</source>
        <translation>I agree, look up what is held</translation>
    </message>
    <message>
        <source>同意，但不用查</source>
        <translation>I agree, without looking up</translation>
    </message>
    <message>
        <source>用哪些</source>
        <translation>Which</translation>
    </message>
    <message>
        <source>身份证上的姓名、号码、出生日期、住址，您在这里填的内容、交的材料和签名。</source>
        <translation>Name, number, birthday and address from your ID card; what you fill in here, your documents and your signature.</translation>
    </message>
    <message>
        <source>身份证里的照片</source>
        <translation>The photograph in the ID card</translation>
    </message>
    <message>
        <source>您选“用身份证上的照片”时才用：和别的内容一起上锁，只交给办理部门，不在屏幕上显示，也不打印。</source>
        <translation>Used only if you choose “Use the ID card photograph”. It is locked with the rest, goes to the department alone, and is neither shown on the screen nor printed.</translation>
    </message>
    <message>
        <source>办这件事要用：和别的内容一起上锁，只交给办理部门，不在屏幕上显示，也不打印。</source>
        <translation>Needed for this service. It is locked with the rest, goes to the department alone, and is neither shown on the screen nor printed.</translation>
    </message>
    <message>
        <source>用来做什么</source>
        <translation>What for</translation>
    </message>
    <message>
        <source>已经有的，不用您再交</source>
        <translation>What is held already need not be handed in again</translation>
    </message>
    <message>
        <source>您以前填过、交过的，电子证照库和户籍等登记里有的，可以帮您查来直接用。只用在这一件事上，哪样不想用，随时换成自己的。</source>
        <translation>What you wrote or handed in before, and what the e-licence library and registers hold, can be looked up and used for this one matter. You can replace any of it with your own.</translation>
    </message>
    <message>
        <source>怎么保护</source>
        <translation>How it is protected</translation>
    </message>
    <message>
        <source>提交以后，内容上锁，只有办理部门能打开。您离开后，这台机器上不留您的信息。</source>
        <translation>Once handed in, it is locked; only the authority can open it. When you leave, nothing about you stays on this machine.</translation>
    </message>
    <message>
        <source>您说了算</source>
        <translation>You decide</translation>
    </message>
    <message>
        <source>不同意就不读卡，也可以到窗口办。办的过程中随时可以点“结束”。</source>
        <translation>If you do not agree, no card is read, and you can go to a counter. You can touch &apos;End&apos; at any time.</translation>
    </message>
</context>
<context>
    <name>QGuiApplication</name>
    <message>
        <source>QT_LAYOUT_DIRECTION</source>
        <translation>LTR</translation>
    </message>
</context>
<context>
    <name>RatingScreen</name>
    <message>
        <source>这次办事，您觉得怎么样？</source>
        <translation>How was it today?</translation>
    </message>
    <message>
        <source>评不评都可以，怎么评都不影响办理。</source>
        <translation>You need not answer, and your answer changes nothing for your case.</translation>
    </message>
    <message>
        <source>不评了</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>Very dissatisfied</translation>
    </message>
</context>
<context>
    <name>ReadBack</name>
    <message>
        <source>谁来办</source>
        <translation>Who applies</translation>
    </message>
    <message>
        <source>交的材料</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>办好以后</source>
        <translation>Afterwards</translation>
    </message>
    <message>
        <source>家庭成员：%1</source>
        <translation>Household member: %1</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <source>结果怎么拿</source>
        <translation>How the result comes</translation>
    </message>
    <message>
        <source>谁来收</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>寄到</source>
        <translation>Sent to</translation>
    </message>
    <message>
        <source>想来的时间</source>
        <translation>Preferred time</translation>
    </message>
    <message>
        <source>要缴的费用</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>用身份证里的照片</source>
        <translation>The one in the ID card</translation>
    </message>
    <message>
        <source>已扫描 %1 页</source>
        <translation>Pages scanned: %1</translation>
    </message>
    <message>
        <source>已承诺，%1 前补上</source>
        <translation>Promised by %1</translation>
    </message>
    <message>
        <source>已写承诺</source>
        <translation>Promised in writing</translation>
    </message>
</context>
<context>
    <name>ReadbackScreen</name>
    <message>
        <source>最后看一遍，没错就提交</source>
        <translation>Read it once more, then hand it in</translation>
    </message>
    <message>
        <source>没错，提交</source>
        <translation>It is right, hand it in</translation>
    </message>
    <message>
        <source>改材料</source>
        <translation>Change documents</translation>
    </message>
    <message>
        <source>改内容</source>
        <translation>Change answers</translation>
    </message>
</context>
<context>
    <name>RebookScreen</name>
    <message>
        <source>换个时间</source>
        <translation>Another time</translation>
    </message>
    <message>
        <source>，到：</source>
        <translation>, at: </translation>
    </message>
    <message>
        <source>再看一次</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>请选时间</source>
        <translation>Choose a time</translation>
    </message>
    <message>
        <source>就约 %1</source>
        <translation>Book %1</translation>
    </message>
    <message>
        <source>正在约</source>
        <translation>Booking</translation>
    </message>
    <message>
        <source>正在看哪些时间有空</source>
        <translation>Looking for free times</translation>
    </message>
    <message>
        <source>现在没有网络，换不了时间。</source>
        <translation>There is no network now, so the time cannot be changed.</translation>
    </message>
    <message>
        <source>过一会儿再看，或者打 %1 另约。</source>
        <translation>Look again in a while, or call %1 for another time.</translation>
    </message>
    <message>
        <source>没有等到回音，不知道约上没有。</source>
        <translation>No answer came, so we do not know whether it is booked.</translation>
    </message>
    <message>
        <source>过一会儿在“我的办件”里看，或者打 %1 问一问。</source>
        <translation>Look under “My cases” in a while, or call %1 and ask.</translation>
    </message>
    <message>
        <source>刚才选的时间被别人约走了。</source>
        <translation>Somebody else has just taken that time.</translation>
    </message>
    <message>
        <source>请再选一个。</source>
        <translation>Please choose another.</translation>
    </message>
</context>
<context>
    <name>ReceiptScreen</name>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>再打一张</source>
        <translation>Print another</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印回执</source>
        <translation>Print the receipt</translation>
    </message>
    <message>
        <source>已收好，待送出</source>
        <translation>Taken and safe, to be delivered</translation>
    </message>
    <message>
        <source>已收好，已送到办理部门</source>
        <translation>Taken and delivered to the authority</translation>
    </message>
    <message>
        <source>需要纸质回执，点下面的“打印回执”。</source>
        <translation>For a receipt on paper touch &apos;Print the receipt&apos;.</translation>
    </message>
    <message>
        <source>正在打印回执</source>
        <translation>Printing the receipt</translation>
    </message>
    <message>
        <source>回执打好了，请在出纸口取走。</source>
        <translation>The receipt is printed. Please take it from the slot.</translation>
    </message>
</context>
<context>
    <name>Relation</name>
    <message>
        <source>本人</source>
        <translation>Self</translation>
    </message>
    <message>
        <source>配偶</source>
        <translation>Spouse</translation>
    </message>
    <message>
        <source>子女</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>父母</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>祖父母、外祖父母</source>
        <translation>Grandparent</translation>
    </message>
    <message>
        <source>孙子女、外孙子女</source>
        <translation>Grandchild</translation>
    </message>
    <message>
        <source>兄弟姐妹</source>
        <translation>Brother or sister</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>Guardian</translation>
    </message>
    <message>
        <source>邻居</source>
        <translation>Neighbour</translation>
    </message>
    <message>
        <source>村（社区）工作人员</source>
        <translation>Village or community worker</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>ScenarioScreen</name>
    <message>
        <source>第 %1 个问题，共 %2 个</source>
        <translation>Question %1 of %2</translation>
    </message>
</context>
<context>
    <name>SignatureScreen</name>
    <message>
        <source>请签上您的名字</source>
        <translation>Please sign</translation>
    </message>
    <message>
        <source>签名表示：填的内容是真的，材料是真的。</source>
        <translation>Signing says: what I filled in is true, my documents are genuine.</translation>
    </message>
    <message>
        <source>按手印代替签名</source>
        <translation>A fingerprint instead of a signature</translation>
    </message>
    <message>
        <source>%1，签名表示：填的内容是真的，材料是真的。</source>
        <translation>%1, signing says: what I filled in is true, my documents are genuine.</translation>
    </message>
    <message>
        <source>需要一位见证人，同来的人或工作人员都可以。</source>
        <translation>A witness is needed: someone with you, or a member of staff.</translation>
    </message>
    <message>
        <source>签好了</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>手印按好了，继续</source>
        <translation>Done, go on</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>不会写字，按手印</source>
        <translation>Use a fingerprint</translation>
    </message>
    <message>
        <source>还是手写</source>
        <translation>Sign by hand</translation>
    </message>
</context>
<context>
    <name>StaffLoginScreen</name>
    <message>
        <source>工作人员登录</source>
        <translation>Staff login</translation>
    </message>
    <message>
        <source>登录后可以帮办代办。居民请点“返回”。</source>
        <translation>For helping residents. Residents, please touch &apos;Back&apos;.</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码（数字）</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>SubmittingScreen</name>
    <message>
        <source>正在为您存好，请稍等</source>
        <translation>Storing it safely, one moment please</translation>
    </message>
</context>
<context>
    <name>SupervisorScreen</name>
    <message>
        <source>日终核对</source>
        <translation>Day report</translation>
    </message>
    <message>
        <source>打印核对单</source>
        <translation>Print the sheet</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Next day</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>已出回执</source>
        <translation>Receipts printed</translation>
    </message>
    <message>
        <source>县里已收到</source>
        <translation>Acknowledged</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprints</translation>
    </message>
    <message>
        <source>都对得上，没有差异。</source>
        <translation>All figures agree.</translation>
    </message>
    <message>
        <source>对不上的，一件一件写明原因</source>
        <translation>What differs, and why, case by case</translation>
    </message>
    <message>
        <source>%1，%2 收的</source>
        <translation>%1, taken %2</translation>
    </message>
    <message>
        <source>账号停用以后留下的，没办完的申请</source>
        <translation>Applications left half done by closed accounts</translation>
    </message>
    <message>
        <source>工号 %1，%2 存的。%3</source>
        <translation>Staff number %1, kept %2. %3</translation>
    </message>
    <message>
        <source>账号停用了。</source>
        <translation>The account was disabled.</translation>
    </message>
    <message>
        <source>账号注销了。</source>
        <translation>The account was removed.</translation>
    </message>
    <message>
        <source>密码换过了。</source>
        <translation>The PIN was replaced.</translation>
    </message>
    <message>
        <source>接过来，接着办</source>
        <translation>Take it over and go on</translation>
    </message>
</context>
<context>
    <name>TappedScreen</name>
    <message>
        <source>您放上了身份证，要做什么？</source>
        <translation>You laid down your ID card. What would you like to do?</translation>
    </message>
    <message>
        <source>现在还没有读卡。读卡只为确认是您本人，办完就清除，这台机器上不留您的信息。</source>
        <translation>It has not been read yet. It is read only to see that it is you, and wiped when you are done: nothing of you stays on this machine.</translation>
    </message>
    <message>
        <source>不读卡，去首页</source>
        <translation>Do not read it, go home</translation>
    </message>
    <message>
        <source>读卡，看我的办件</source>
        <translation>Read it, show my cases</translation>
    </message>
    <message>
        <source>查进度、补材料、打印结果、缴费，接着办上次没办完的</source>
        <translation>Progress, missing papers, results, fees, and what you had begun</translation>
    </message>
    <message>
        <source>看看我能办什么</source>
        <translation>See what I may get</translation>
    </message>
    <message>
        <source>回答几个简单的问题，不用读卡</source>
        <translation>A few simple questions, the card is not read</translation>
    </message>
    <message>
        <source>办一件新的事</source>
        <translation>Something new</translation>
    </message>
    <message>
        <source>先选要办的事，看过用途、同意以后再读卡</source>
        <translation>Choose first; the card is read once you have seen what for and agreed</translation>
    </message>
</context>
<context>
    <name>VerifyScreen</name>
    <message>
        <source>查一张回执是不是真的</source>
        <translation>Is this receipt genuine?</translation>
    </message>
    <message>
        <source>有没有网络都能查，哪台机器打的都能查。</source>
        <translation>It works with or without a network, for a receipt of any terminal.</translation>
    </message>
    <message>
        <source>正在看</source>
        <translation>Looking</translation>
    </message>
    <message>
        <source>放好了，看一看</source>
        <translation>Look at the code</translation>
    </message>
    <message>
        <source>再查一张</source>
        <translation>Check another</translation>
    </message>
    <message>
        <source>回执上有一个方格码</source>
        <translation>There is a square code on the receipt</translation>
    </message>
    <message>
        <source>把方格码对着扫码口照一下。没有扫码口，就把回执有字的一面朝下放进扫描仪，再点下面的“放好了，看一看”。</source>
        <translation>Hold the square code before the code reader. If there is none, lay the receipt face down in the scanner and touch “Look at the code” below.</translation>
    </message>
    <message>
        <source>只看方格码，这张纸不会存在机器里。</source>
        <translation>Only the square code is looked at; the paper is not kept in the machine.</translation>
    </message>
    <message>
        <source>是真的。这张回执是我们的机器打的。</source>
        <translation>It is genuine. One of our machines printed this receipt.</translation>
    </message>
    <message>
        <source>不是真的。这个方格码不是机器打的原样，可能被改过。</source>
        <translation>It is not genuine. This code is not as a machine printed it; it may have been changed.</translation>
    </message>
    <message>
        <source>看不出真假。打这张回执的机器，这里不认识。</source>
        <translation>We cannot tell. The machine that printed this receipt is not known here.</translation>
    </message>
    <message>
        <source>这个方格码不是回执上的。</source>
        <translation>This code is not from a receipt.</translation>
    </message>
    <message>
        <source>没有看到方格码。</source>
        <translation>No square code was seen.</translation>
    </message>
    <message>
        <source>它证明下面写的这件事交来过，不证明已经受理，也不证明拿着它的人是谁。</source>
        <translation>It proves that what stands below was handed in. It does not prove that it was accepted, nor who holds the paper.</translation>
    </message>
    <message>
        <source>请不要相信这张纸。可以打 %1，或者问问工作人员。</source>
        <translation>Please do not trust this paper. Call %1 or ask the staff.</translation>
    </message>
    <message>
        <source>可能是别的县的机器打的。请打 %1 问一问。</source>
        <translation>It may come from another county. Please call %1 and ask.</translation>
    </message>
    <message>
        <source>请找一找回执上的方格码，再照一下。</source>
        <translation>Please find the square code on the receipt and hold it up again.</translation>
    </message>
    <message>
        <source>请把有方格码的一面朝下放平，再看一次。</source>
        <translation>Please lay the side with the square code face down and flat, and look again.</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>办的事</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>交上来的时间</source>
        <translation>Handed in</translation>
    </message>
    <message>
        <source>哪台机器收的</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>请和纸上印的比一比。有一样对不上，就打 %1。</source>
        <translation>Please compare this with the paper. If anything differs, call %1.</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>这一项是个人内容，不念出来。</source>
        <translation>This is personal and is not read out.</translation>
    </message>
    <message>
        <source>正在读取，请不要拿开。</source>
        <translation>Reading. Please leave the card where it is.</translation>
    </message>
    <message>
        <source>读好了，请收好您的身份证。</source>
        <translation>The card was read. Please take it back.</translation>
    </message>
    <message>
        <source>还有 %1 处要改。</source>
        <translation>%1 answers need to be changed.</translation>
    </message>
    <message>
        <source>正在打印。</source>
        <translation>Printing.</translation>
    </message>
    <message>
        <source>打好了，请在出纸口取走。</source>
        <translation>Printed. Please take it from the paper slot.</translation>
    </message>
    <message>
        <source>正在扫描，请不要动材料。</source>
        <translation>Scanning. Please do not move the paper.</translation>
    </message>
    <message>
        <source>扫描好了。</source>
        <translation>Scanned.</translation>
    </message>
    <message>
        <source>您还在吗？%1 秒后会自动结束。还需要时间，请按“确定”键。</source>
        <translation>Are you still there? This visit ends in %1 seconds. If you need more time, press the choose key.</translation>
    </message>
    <message>
        <source>朗读已经打开。按“下一个”键，听一听有哪些按钮；按“确定”键，选中它。没听清，按零再听一遍；按点号，念一遍这一页。您的姓名、号码和填的内容不会念出来。</source>
        <translation>Reading aloud is on. Press the next key to hear the buttons one by one, and the choose key to use one. Press zero to hear it again, and the dot key to hear this page. Your name, your numbers and what you fill in are not read out.</translation>
    </message>
    <message>
        <source>家门口的事，在这里就能办。按“确定”键开始。</source>
        <translation>Public services, close to home. Press the choose key to begin.</translation>
    </message>
    <message>
        <source>请选择要办的事。可以搜索，也可以一样一样听常办的事。</source>
        <translation>Please choose what you would like to do. You can search, or hear the most used services one by one.</translation>
    </message>
    <message>
        <source>您放上了身份证，还没有读。要看自己的办件，请选“读卡，看我的办件”。不想读卡，请拿开。</source>
        <translation>You laid down your ID card. It has not been read. To see your cases, choose Read it, show my cases. If you do not want it read, take it away.</translation>
    </message>
    <message>
        <source>这是办事指南。要现在就办，请选“我要办理”。</source>
        <translation>This is the guide. To apply now, choose “Apply now”.</translation>
    </message>
    <message>
        <source>这里可以查一张回执是不是真的。请对准回执上的方格码扫一下，或者放进扫描仪。</source>
        <translation>Here you can check whether a receipt is genuine. Hold its square code before the reader, or lay it in the scanner.</translation>
    </message>
    <message>
        <source>这里可以报差错、投诉、提建议，也可以凭纸条查答复。可以不报姓名。</source>
        <translation>Here you report a mistake, complain or suggest, or read the answer with your slip. No name is needed.</translation>
    </message>
    <message>
        <source>请把身份证平放在读卡区，以后刷这张卡能查答复。不想刷，请选“返回”。</source>
        <translation>Lay your ID card on the reader, and it finds the answer later. If you would rather not, choose “Back”.</translation>
    </message>
    <message>
        <source>这里是政策和常见问题。请选一条来看，按点号可以念给您听。</source>
        <translation>Here are policies and common questions. Choose one; the point key reads it to you.</translation>
    </message>
    <message>
        <source>请回答几个简单的问题，看看可能能办哪些事。答案不会留下。</source>
        <translation>Please answer a few plain questions to see what you may apply for. Your answers are not kept.</translation>
    </message>
    <message>
        <source>办这件事要用您身份证上的信息。同意请选“同意，继续”；不同意请选“不同意，返回”。</source>
        <translation>This service needs what stands on your ID card. If you agree, choose “I agree, go on”; if not, choose “I do not agree”.</translation>
    </message>
    <message>
        <source>请把您的身份证平放在读卡区，不要移动。没有带卡，请找工作人员。</source>
        <translation>Please lay your ID card flat on the reader and leave it there. Without a card, please ask the staff.</translation>
    </message>
    <message>
        <source>查看您的办件，请把身份证平放在读卡区。</source>
        <translation>To see your cases, lay your ID card flat on the reader.</translation>
    </message>
    <message>
        <source>您上次有一件没办完。可以接着办，也可以重新办。</source>
        <translation>You have unfinished work here. You can go on with it or start again.</translation>
    </message>
    <message>
        <source>这件事是为谁办的？为自己办，请选“为我自己办”。</source>
        <translation>Whom is this for? For yourself, choose “For myself”.</translation>
    </message>
    <message>
        <source>请选他是您的什么人，再放上他的身份证。</source>
        <translation>Please choose what they are to you, then lay down their ID card.</translation>
    </message>
    <message>
        <source>这里是您的办件，请选一件来看。</source>
        <translation>Here are your cases. Choose one to see it.</translation>
    </message>
    <message>
        <source>这一件办到哪一步，写在屏幕上。可以补打回执，部门有文书的可以打印。</source>
        <translation>How far this case has come stands on the screen. You can print the receipt again, and the office&apos;s papers where there are any.</translation>
    </message>
    <message>
        <source>请选另一天，再选时间。选好了，请选“就约这个时间”。</source>
        <translation>Choose another day, then a time. When you have, choose “Book this time”.</translation>
    </message>
    <message>
        <source>这里是工作人员登录。</source>
        <translation>Staff log in here.</translation>
    </message>
    <message>
        <source>这里是没有打完的纸，请一张一张处理。</source>
        <translation>These are prints that did not end well. Please see to them one by one.</translation>
    </message>
    <message>
        <source>这里是日终核对。对不上的，写在下面；核对单可以打印。</source>
        <translation>This is the day report. What differs stands below; the sheet can be printed.</translation>
    </message>
    <message>
        <source>请回答一个问题，选一个答案。</source>
        <translation>Please answer one question by choosing an answer.</translation>
    </message>
    <message>
        <source>请添加家里的人，可以刷身份证，也可以按户口簿填。</source>
        <translation>Please add the people of your household, by their ID cards or from the household register.</translation>
    </message>
    <message>
        <source>请填写申请信息。知道的已经替您填好，请填其余的，再选“填好了，继续”。</source>
        <translation>Please fill in the application. What is known is filled in already; please fill in the rest and go on.</translation>
    </message>
    <message>
        <source>一次告诉您还需要什么。想听内容，请按点号。可以打印出来，也可以先存着，备齐再来。</source>
        <translation>Everything still needed, told once. To hear it, press the dot key. You can print it, or keep your work and come back with everything.</translation>
    </message>
    <message>
        <source>请把材料一样一样交给机器扫描。扫描完，请收好原件。</source>
        <translation>Please scan your papers one by one. Keep the originals afterwards.</translation>
    </message>
    <message>
        <source>办好以后，结果怎么给您？请选一样。</source>
        <translation>How should the result come to you? Please choose one.</translation>
    </message>
    <message>
        <source>请选哪一天来，再选时间。不想现在约，请选“先不约”。</source>
        <translation>Please choose a day, then a time. If not now, choose Not now.</translation>
    </message>
    <message>
        <source>请在屏幕的框里签上您的名字。不能签字，请选“不会写字，按手印”。</source>
        <translation>Please sign your name in the frame on the screen. If you cannot, choose to sign by fingerprint.</translation>
    </message>
    <message>
        <source>请最后看一遍。没错，请选“没错，提交”。内容不会念出来，可以请您信得过的人帮着看。</source>
        <translation>Please look at everything once more. If it is right, hand it in. What you filled in is not read out; somebody you trust may look with you.</translation>
    </message>
    <message>
        <source>正在为您存好，请稍等。</source>
        <translation>Your application is being stored. One moment, please.</translation>
    </message>
    <message>
        <source>已收好。编号在屏幕上和回执上。还没有打印的，请选“打印回执”。</source>
        <translation>Your application is taken. Its number is on the screen and on the receipt. If nothing was printed yet, choose “Print the receipt”.</translation>
    </message>
    <message>
        <source>这件事要缴费。这台机器不收现金，怎么缴写在屏幕上。</source>
        <translation>There is a fee. This machine takes no cash; how to pay is on the screen.</translation>
    </message>
    <message>
        <source>这次办事，您觉得怎么样？可以不评。</source>
        <translation>How was this visit? You need not say.</translation>
    </message>
    <message>
        <source>已经结束，这台机器上没有您的信息。请拿好身份证、材料原件和打印的纸。</source>
        <translation>This visit has ended, and nothing about you is left on this machine. Please take your ID card, your papers and what was printed.</translation>
    </message>
    <message>
        <source>机器出了点问题，不是您的错。已经提交的都在。请从头再试一次，或者告诉工作人员。</source>
        <translation>The machine had a problem; it was not your fault. What was handed in is safe. Please start again, or tell the staff.</translation>
    </message>
    <message>
        <source>请注意：%1。从%2到%3。</source>
        <translation>Please note: %1. From %2 to %3.</translation>
    </message>
    <message>
        <source>%1月%2日%3点%4分</source>
        <translation>%3:%4 on %2.%1.</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>自己到窗口领</source>
        <translation>I fetch it at the counter</translation>
    </message>
    <message>
        <source>寄到家里</source>
        <translation>Send it home</translation>
    </message>
    <message>
        <source>请别人代领</source>
        <translation>Somebody fetches it for me</translation>
    </message>
    <message>
        <source>到这个服务点来拿</source>
        <translation>I fetch it here</translation>
    </message>
</context>
<context>
    <name>WhoScreen</name>
    <message>
        <source>这件事是为谁办的？</source>
        <translation>For whom is this?</translation>
    </message>
    <message>
        <source>您是 %1</source>
        <translation>You are %1</translation>
    </message>
    <message>
        <source>为我自己办</source>
        <translation>For myself</translation>
    </message>
    <message>
        <source>就用刚才这张身份证</source>
        <translation>With the ID card just read</translation>
    </message>
    <message>
        <source>替别人办</source>
        <translation>For somebody else</translation>
    </message>
    <message>
        <source>受家人、亲友委托来办，要有委托书</source>
        <translation>Asked by family or friends; a written mandate is needed</translation>
    </message>
    <message>
        <source>我是监护人</source>
        <translation>I am the guardian</translation>
    </message>
    <message>
        <source>为未成年的孩子、需要监护的家人办</source>
        <translation>For a child or for somebody under my care</translation>
    </message>
</context>
</TS>
