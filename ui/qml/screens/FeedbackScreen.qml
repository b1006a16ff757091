pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// A guide is wrong, a complaint, a suggestion: write it, take the number home, ask for the answer.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property FeedbackController feedback: kiosk.feedback
    readonly property string phase: feedback.phase
    property bool fromElsewhere: false

    title: ({
            choose: qsTr("提意见、报差错"),
            write: feedback.kind === "guide" ? qsTr("哪里写得不对？") : feedback.kind === "complaint" ? qsTr("您要投诉什么？") : qsTr("您有什么建议？"),
            sent: qsTr("已收好，待送出"),
            ask: qsTr("查答复"),
            answer: qsTr("查答复")
        })[phase] ?? ""
    subtitle: ({
            choose: qsTr("可以不报姓名。当场给编号，没有网络也收。"),
            write: feedback.ofGuide ? kiosk.guide.name : qsTr("请不要写身份证号码和银行卡号。"),
            ask: qsTr("编号和查询码都在纸条上。有网络时，哪台机器收下的都能查。")
        })[phase] ?? ""
    readonly property bool askable: (fromElsewhere ? whole.text : number.text) !== "" && (code.text !== "" || fromElsewhere && feedback.known)
    busy: kiosk.visit.busy || feedback.looking
    backVisible: phase !== "sent"
    backText: phase === "choose" ? qsTr("返回首页") : qsTr("返回")
    onBack: feedback.back()
    primaryText: ({
            write: qsTr("写好了，交上去"),
            sent: qsTr("好了，返回首页"),
            ask: qsTr("查一查"),
            answer: qsTr("返回首页")
        })[phase] ?? ""
    primaryEnabled: !busy && (phase === "write" ? what.text.trim() !== "" : phase !== "ask" || askable)
    onPrimary: {
        if (phase === "write")
            feedback.send(what.text, contact.text);
        else if (phase === "ask")
            feedback.ask(fromElsewhere ? whole.text : number.text, code.text);
        else
            kiosk.visit.go("home");
    }
    // What was typed is for this view alone.
    onPhaseChanged: {
        if (phase !== "write")
            what.text = contact.text = "";
        if (phase !== "ask")
            number.text = whole.text = code.text = "";
    }
    extras: [
        GsButton {
            objectName: "printSlip"
            visible: screen.phase === "sent"
            text: ({
                    printing: qsTr("正在打印"),
                    printed: qsTr("再打一张")
                })[screen.feedback.paper.state] ?? qsTr("打印纸条")
            iconName: "printer"
            enabled: screen.feedback.paper.state !== "printing"
            onClicked: screen.feedback.print()
        },
        GsButton {
            objectName: "feedbackCard"
            // What is typed is for its own view alone: the card comes first.
            visible: !screen.feedback.known && (screen.phase === "choose" || screen.phase === "write" && what.text === "" || screen.phase === "ask" && screen.fromElsewhere)
            text: screen.phase === "ask" ? qsTr("刷身份证查") : qsTr("先刷身份证（可以不刷）")
            iconName: "id"
            onClicked: screen.feedback.showCard()
        },
        GsButton {
            objectName: "feedbackElsewhere"
            visible: screen.phase === "ask"
            text: screen.fromElsewhere ? qsTr("是这台机器收的") : qsTr("是别的机器收的")
            iconName: "map-pin"
            onClicked: screen.fromElsewhere = !screen.fromElsewhere
        }
    ]

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }

    // which
    GridLayout {
        visible: screen.phase === "choose"
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        GsChoice {
            objectName: "feedbackGuide"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("办事指南写错了")
            note: qsTr("多要材料、说法不清、和窗口说的不一样")
            iconName: "file-text"
            onClicked: screen.feedback.choose("guide")
        }
        GsChoice {
            objectName: "feedbackComplaint"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("投诉")
            note: qsTr("没人理、推来推去、态度不好、乱收费")
            iconName: "alert-circle"
            onClicked: screen.feedback.choose("complaint")
        }
        GsChoice {
            objectName: "feedbackSuggestion"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("建议")
            note: qsTr("怎样办事更方便，请告诉我们")
            iconName: "message-circle"
            onClicked: screen.feedback.choose("suggestion")
        }
        GsChoice {
            objectName: "feedbackAsk"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("查答复")
            note: qsTr("拿着纸条，看看怎么说")
            iconName: "search"
            onClicked: screen.feedback.look()
        }
    }

    // write
    GsTextArea {
        id: what
        objectName: "feedbackText"
        visible: screen.phase === "write"
        Layout.fillWidth: true
        label: qsTr("请写下来")
        limit: screen.feedback.mostText
    }
    GsField {
        id: contact
        objectName: "feedbackContact"
        visible: screen.phase === "write"
        Layout.fillWidth: true
        label: qsTr("怎么找到您")
        optional: true
        help: qsTr("电话或住处都行。不留也会办，答复凭纸条在这里看。")
        limit: screen.feedback.mostContact
    }

    // sent
    GsBanner {
        objectName: "slipBanner"
        visible: screen.phase === "sent" && screen.feedback.paper.state !== "idle"
        Layout.fillWidth: true
        mood: screen.feedback.paper.state === "printed" ? "good" : screen.feedback.paper.state === "failed" ? "warn" : "info"
        iconName: screen.feedback.paper.state === "failed" ? "printer-off" : "printer"
        text: ({
                printing: qsTr("正在打印纸条"),
                printed: qsTr("纸条打好了，请在出纸口取走。")
            })[screen.feedback.paper.state] ?? screen.feedback.paper.cause
        action: screen.feedback.paper.state === "failed" ? qsTr("纸条没有打出来，请把编号和查询码记下来。") : ""
    }
    GsCard {
        visible: screen.phase === "sent"
        Layout.fillWidth: true
        raised: true
        GsLine {
            Layout.fillWidth: true
            label: qsTr("编号")
            full: screen.feedback.number
        }
        GsLine {
            objectName: "feedbackCode"
            Layout.fillWidth: true
            label: qsTr("查询码")
            full: screen.feedback.code
        }
        GsText {
            Layout.fillWidth: true
            text: screen.feedback.byCard ? qsTr("请收好纸条：有编号和查询码，就能在任何一台这样的机器上看答复。刷您今天用的身份证，不用查询码也能看。") : qsTr("请收好纸条：有编号和查询码，就能在任何一台这样的机器上看答复。")
        }
        GsText {
            Layout.fillWidth: true
            text: qsTr("急事请打 %1。").arg(screen.kiosk.board.hotline)
            soft: true
        }
    }

    // ask
    GsWaiting {
        visible: screen.feedback.looking
        Layout.fillWidth: true
        text: qsTr("正在问县里")
    }
    GsField {
        id: whole
        objectName: "feedbackWhole"
        visible: screen.phase === "ask" && screen.fromElsewhere
        Layout.fillWidth: true
        label: qsTr("编号，照纸条上的全部输入")
        help: qsTr("例如 T00001A-20261124-00042-X，横线可以不输。")
        pad: "latin"
        limit: 40
    }
    GsField {
        id: number
        objectName: "feedbackNumber"
        visible: screen.phase === "ask" && !screen.fromElsewhere
        Layout.fillWidth: true
        label: qsTr("编号里最后的五位数字")
        help: qsTr("例如编号是 T00001A-20261124-00042-X，就输 00042。")
        pad: "number"
        limit: 9
    }
    GsField {
        id: code
        objectName: "feedbackQuery"
        visible: screen.phase === "ask"
        Layout.fillWidth: true
        label: screen.fromElsewhere && screen.feedback.known ? qsTr("查询码，六位数字；交意见时刷过这张身份证的，可以不输") : qsTr("查询码，六位数字")
        pad: "number"
        limit: 6
    }

    // what this card finds here
    Repeater {
        model: screen.phase === "choose" || screen.phase === "ask" ? screen.feedback.mine : null
        GsFeedback {
            Layout.fillWidth: true
        }
    }

    // what was answered
    GsFeedback {
        visible: screen.phase === "answer"
        Layout.fillWidth: true
        number: screen.feedback.askedNumber
        kind: screen.feedback.askedKind
        itemName: screen.feedback.askedItem
        standing: screen.feedback.standing
        made: screen.feedback.askedMade
        answer: screen.feedback.answer
        answered: screen.feedback.answered
    }
}
